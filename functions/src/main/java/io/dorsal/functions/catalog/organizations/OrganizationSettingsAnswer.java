package io.dorsal.functions.catalog.organizations;

import io.dorsal.catalog.organizations.License;
import io.dorsal.catalog.organizations.Organization;
import io.dorsal.catalog.organizations.OrganizationProfile;
import io.dorsal.catalog.organizations.Permit;
import io.dorsal.catalog.organizations.Verification;
import io.dorsal.functions.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that the administrators of an organization see and change. */
record OrganizationSettingsAnswer(
    UUID id,
    String name,
    @Nullable String description,
    @Nullable String contactEmail,
    @Nullable License defaultLicense,
    List<Permit> permits,
    @Nullable Verification verification,
    Instant createdAt) {

  static Reply reply(Organization organization) {
    return Reply.ok(of(organization)).withETag(organization.version());
  }

  static OrganizationSettingsAnswer of(Organization organization) {
    OrganizationProfile profile = organization.profile();
    return new OrganizationSettingsAnswer(
        organization.id(),
        profile.name(),
        profile.description(),
        profile.contactEmail(),
        profile.defaultLicense(),
        profile.permits(),
        organization.verification(),
        organization.createdAt());
  }
}
