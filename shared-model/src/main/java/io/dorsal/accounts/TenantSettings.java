package io.dorsal.accounts;

import io.dorsal.access.TenantRates;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What holds in a tenant, defaults filled in and ceilings kept. Immutable.
 *
 * @param maxFileSizeBytes of one file
 * @param defaultUserQuotaBytes null for none
 * @param defaultShareQuotaBytes null for none
 * @param trashRetentionDays how long deleted files can be restored
 * @param versionRetentionDays how long old versions stay; 0 for ever
 * @param versionKeepMin how many of the newest versions stay whatever their age
 * @param changelogRetentionDays how far back a device may lag
 * @param auditRetentionDays how long audit entries stay
 * @param defaultConflictResolution LAST_WRITER_WINS, KEEP_BOTH or MANUAL
 * @param ocr OFF, TESSERACT or HTTP
 * @param searchLanguage a dictionary of PostgreSQL
 * @param allowedEmailDomains whose people become users by signing in; empty for everybody
 * @param inactivityDays without a sign-in for so long a user becomes INACTIVE
 * @param rateLimits units a minute
 * @param wsMaxConnections sockets at once
 * @param defaultTimeZone of the IANA database
 * @param identityIssuers providers trusted besides that of all tenants
 */
public record TenantSettings(
    long maxFileSizeBytes,
    @Nullable Long defaultUserQuotaBytes,
    @Nullable Long defaultShareQuotaBytes,
    int trashRetentionDays,
    int versionRetentionDays,
    int versionKeepMin,
    int changelogRetentionDays,
    int auditRetentionDays,
    String defaultConflictResolution,
    boolean vectorizationEnabled,
    String ocr,
    String searchLanguage,
    boolean jitProvisioning,
    List<String> allowedEmailDomains,
    boolean requireMfa,
    int inactivityDays,
    TenantRates.Rates rateLimits,
    int wsMaxConnections,
    String defaultTimeZone,
    List<IdentityIssuer> identityIssuers) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /**
   * A provider trusted in one tenant only.
   *
   * @param issuer the {@code iss} of its tokens
   * @param audience what their {@code aud} must contain
   */
  public record IdentityIssuer(String issuer, String jwksUrl, String audience) {}

  /**
   * @param inForce every member of {@link Setting}
   */
  static TenantSettings of(JsonNode inForce) {
    return MAPPER.treeToValue(inForce, TenantSettings.class);
  }
}
