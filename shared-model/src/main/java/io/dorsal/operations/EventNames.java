package io.dorsal.operations;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What acts and events are called in the audit log, which is what webhooks listen to. A test finds
 * what the code says and this does not. Thread-safe.
 */
public final class EventNames {

  private static final Set<String> ALL =
      Stream.of(
              // who comes in
              of("sign_in", "denied"),
              of("access", "denied"),
              of("api_key", "created", "changed", "rotated", "revoked", "denied"),
              of("user", "created", "invited", "linked", "changed", "followed", "roles_changed"),
              of("user", "inactive", "activated", "deactivated", "reactivated"),
              of("user", "merged", "merged_into", "deleted", "erased"),
              of("role_mappings", "changed"),
              of("tenant", "created", "changed", "settings.changed", "suspended", "resumed"),
              of("tenant", "deletion.requested"),
              of("identity.user", "created", "updated", "deactivated", "reactivated", "deleted"),
              of("identity.group", "created", "updated", "deleted", "members_changed"),
              of("identity.tenant", "suspended", "resumed"),
              // onboarding
              of("connection", "created", "changed", "secret_replaced", "checked", "broken"),
              of("connection", "expired", "disabled", "deleted"),
              of("source", "registered", "changed", "paused", "resumed", "removed"),
              of("schedule", "set", "removed"),
              of("scan", "requested", "listing", "inspecting", "paused", "resumed", "finished"),
              of("scan", "deleted"),
              of("scan.guard", "held", "confirmed", "dismissed", "superseded"),
              of("spreadsheet_format", "created", "changed", "deleted"),
              of("format_suggestion", "decided"),
              // catalog
              of("population", "requested", "approved", "rejected", "changed", "archived"),
              of("population", "restored", "deleted", "administrator_added_themself"),
              of("population", "member_invited", "member_accepted", "member_confirmed"),
              of("population", "member_joined", "member_left", "member_removed"),
              of("population", "member_role_changed"),
              of("join_request", "made", "approved", "rejected", "withdrawn"),
              of("organization", "created", "changed", "acknowledged", "verified", "rejected"),
              of("organization", "revoked", "member_added", "member_changed", "member_removed"),
              // operations
              of("webhook", "created", "changed", "paused", "resumed", "deleted", "tested"),
              of("webhook", "redelivered", "delivery_dropped"),
              of("mail", "given_up"),
              of("dead_letter", "resent", "dropped"),
              of("support_bundle", "requested", "link_given"),
              of("audit_export", "requested", "link_given"),
              // of rooms that are still to come
              of("sync.run", "finished"),
              of("quota", "warning"))
          .flatMap(each -> each)
          .collect(Collectors.toUnmodifiableSet());

  private EventNames() {}

  private static Stream<String> of(String subject, String... happened) {
    return Arrays.stream(happened).map(each -> subject + "." + each);
  }

  /** All of them. */
  public static Set<String> all() {
    return ALL;
  }
}
