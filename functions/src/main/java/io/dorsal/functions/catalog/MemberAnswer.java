package io.dorsal.functions.catalog;

import io.dorsal.access.PopulationRole;
import io.dorsal.catalog.Member;
import io.dorsal.catalog.MemberState;
import io.dorsal.catalog.PeopleLists;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's membership.
 *
 * @param id the user's
 * @param firstName as the inviter typed it
 * @param displayName as the identity provider says, or the inviter before the first sign-in
 */
record MemberAnswer(
    UUID id,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String displayName,
    @Nullable String email,
    PopulationRole role,
    MemberState state,
    @Nullable String message,
    Instant changedAt,
    int version) {

  static MemberAnswer of(PeopleLists.MemberView view) {
    Member member = view.member();
    return new MemberAnswer(
        member.userId(),
        member.firstName(),
        member.lastName(),
        view.person().displayName(),
        view.person().email(),
        member.role(),
        member.state(),
        member.message(),
        view.changedAt(),
        member.version());
  }
}
