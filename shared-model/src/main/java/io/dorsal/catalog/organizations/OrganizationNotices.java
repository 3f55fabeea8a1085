package io.dorsal.catalog.organizations;

import io.dorsal.access.Uuid7;
import io.dorsal.operations.NewNotice;
import io.dorsal.operations.Notices;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the administrators of an organization are told. Thread-safe. */
@Component
class OrganizationNotices {

  private static final String DECIDED = "ORGANIZATION_VERIFICATION";
  private static final String JOINED = "ORGANIZATION_TENANT_ADMIN_JOINED";

  private final Notices notices;
  private final MemberRows members;

  OrganizationNotices(Notices notices, MemberRows members) {
    this.notices = notices;
    this.members = members;
  }

  /** What was decided, in the place of what was decided before. */
  void decided(Organization organization, UUID decision, @Nullable String shareableNote) {
    notices.clear(organization.tenantId(), DECIDED, organization.id());
    tell(
        organization,
        DECIDED,
        decision.toString(),
        organization.profile().name() + " is " + organization.verification(),
        shareableNote == null ? "The tenant's administrators gave no note." : shareableNote);
  }

  /** A tenant's administrator gives themself a role in it. */
  void joinedByTenantAdministrator(Organization organization, UUID user) {
    tell(
        organization,
        JOINED,
        user + "/" + Uuid7.next(),
        "A tenant administrator joined " + organization.profile().name(),
        "The tenant administrator with the id " + user + " took a role in the organization.");
  }

  private void tell(Organization organization, String kind, String key, String title, String body) {
    for (UUID administrator : members.administrators(organization)) {
      notices.tell(
          new NewNotice(
              organization.tenantId(),
              kind + "/" + organization.id() + "/" + key + "/" + administrator,
              kind,
              null,
              administrator.toString(),
              title,
              body,
              Organizations.ORGANIZATION,
              organization.id()));
    }
  }
}
