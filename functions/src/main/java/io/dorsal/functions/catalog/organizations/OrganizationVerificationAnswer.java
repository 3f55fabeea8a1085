package io.dorsal.functions.catalog.organizations;

import io.dorsal.catalog.organizations.OrganizationVerifications;
import io.dorsal.catalog.organizations.Verification;
import io.dorsal.catalog.organizations.VerificationDecision;
import io.dorsal.functions.http.Reply;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an organization is verified, with the notes of the tenant's administrators, for whom
 * alone it is.
 *
 * @param allowed what may be decided now
 * @param decisions the newest first
 */
record OrganizationVerificationAnswer(
    UUID id,
    String name,
    @Nullable Verification verification,
    List<Verification> allowed,
    List<VerificationDecision> decisions) {

  static Reply reply(OrganizationVerifications.Looked looked) {
    Verification now = looked.organization().verification();
    var answer =
        new OrganizationVerificationAnswer(
            looked.organization().id(),
            looked.organization().profile().name(),
            now,
            now == null ? List.of() : List.copyOf(now.next()),
            looked.decisions());
    return Reply.ok(answer).withETag(looked.organization().version());
  }
}
