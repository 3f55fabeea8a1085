package io.dorsal.functions.catalog.organizations;

import io.dorsal.access.Caller;
import io.dorsal.access.OrganizationRole;
import io.dorsal.catalog.organizations.Organization;
import io.dorsal.catalog.organizations.OrganizationProfile;
import io.dorsal.catalog.organizations.Verification;
import io.dorsal.functions.http.Reply;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization as everybody of the tenant sees it.
 *
 * @param system whether it is Public, which nobody changes, joins or selects
 * @param verification null for Public
 * @param role the caller's in it; null for none
 */
record OrganizationAnswer(
    UUID id,
    String name,
    @Nullable String description,
    @Nullable String contactEmail,
    @Nullable Verification verification,
    boolean system,
    @Nullable OrganizationRole role,
    Instant createdAt) {

  static Reply reply(Caller caller, Organization organization) {
    return Reply.ok(of(caller, organization)).withETag(organization.version());
  }

  static OrganizationAnswer of(Caller caller, Organization organization) {
    OrganizationProfile profile = organization.profile();
    return new OrganizationAnswer(
        organization.id(),
        profile.name(),
        profile.description(),
        profile.contactEmail(),
        organization.verification(),
        organization.isSystem(),
        caller.organizations().get(organization.id()),
        organization.createdAt());
  }
}
