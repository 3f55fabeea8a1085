package io.dorsal.functions.catalog.organizations;

import io.dorsal.access.OrganizationRole;
import io.dorsal.accounts.UserStatus;
import io.dorsal.catalog.organizations.OrganizationMember;
import io.dorsal.functions.http.Reply;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user in an organization.
 *
 * @param status of the user; PENDING until the first sign-in
 */
record OrganizationMemberAnswer(
    UUID userId,
    @Nullable String displayName,
    @Nullable String email,
    UserStatus status,
    OrganizationRole role,
    String addedBy,
    Instant addedAt) {

  static Reply reply(OrganizationMember member) {
    return Reply.ok(of(member)).withETag(member.version());
  }

  static OrganizationMemberAnswer of(OrganizationMember member) {
    return new OrganizationMemberAnswer(
        member.userId(),
        member.displayName(),
        member.email(),
        member.status(),
        member.role(),
        member.addedBy(),
        member.addedAt());
  }
}
