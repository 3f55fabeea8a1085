package io.dorsal.catalog.organizations;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants an organization to be; nothing of it is checked yet.
 *
 * @param permits all of them
 */
public record OrganizationWanted(
    @Nullable String name,
    @Nullable String description,
    @Nullable String contactEmail,
    @Nullable String defaultLicense,
    @Nullable List<PermitWanted> permits) {

  /**
   * A permit.
   *
   * @param validFrom the first day, such as {@code 2026-05-31}
   * @param validTo the last day
   */
  public record PermitWanted(
      @Nullable String number,
      @Nullable String issuer,
      @Nullable String validFrom,
      @Nullable String validTo) {

    private static PermitWanted of(Permit permit) {
      return new PermitWanted(
          permit.number(),
          permit.issuer(),
          permit.validFrom().toString(),
          permit.validTo().toString());
    }
  }

  /**
   * The whole that comes of this patch (RFC 7396).
   *
   * @param nulls names of the members that the patch sets to null
   */
  OrganizationWanted over(OrganizationProfile now, Set<String> nulls) {
    License license = now.defaultLicense();
    List<PermitWanted> held = now.permits().stream().map(PermitWanted::of).toList();
    return new OrganizationWanted(
        merged("name", name, now.name(), nulls),
        merged("description", description, now.description(), nulls),
        merged("contact_email", contactEmail, now.contactEmail(), nulls),
        merged("default_license", defaultLicense, license == null ? null : license.name(), nulls),
        merged("permits", permits, held, nulls));
  }

  private static <T> @Nullable T merged(
      String member, @Nullable T wanted, @Nullable T now, Set<String> nulls) {
    return wanted != null || nulls.contains(member) ? wanted : now;
  }
}
