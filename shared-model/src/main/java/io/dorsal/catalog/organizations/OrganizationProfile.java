package io.dorsal.catalog.organizations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an organization says of itself and prefers. Immutable and within its rules.
 *
 * @param description null for none
 * @param defaultLicense what its people's encounters are given under unless said; null for none
 */
public record OrganizationProfile(
    String name,
    @Nullable String description,
    @Nullable String contactEmail,
    @Nullable License defaultLicense,
    List<Permit> permits) {

  public OrganizationProfile {
    permits = List.copyOf(permits);
  }

  /** For the audit log. */
  Map<String, @Nullable Object> audited() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", name);
    members.put("description", description);
    members.put("contact_email", contactEmail);
    members.put("default_license", defaultLicense == null ? null : defaultLicense.name());
    members.put("permits", permits.stream().map(OrganizationProfile::audited).toList());
    return members;
  }

  private static Map<String, String> audited(Permit permit) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("number", permit.number());
    members.put("issuer", permit.issuer());
    members.put("valid_from", permit.validFrom().toString());
    members.put("valid_to", permit.validTo().toString());
    return members;
  }
}
