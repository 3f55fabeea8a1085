package io.dorsal.catalog.organizations;

import io.dorsal.access.DatabaseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Organizations as rows. Thread-safe. */
@Component
class OrganizationRows {

  private final JdbcClient jdbc;
  private final JsonMapper json =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  OrganizationRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Organization> find(UUID tenantId, UUID id) {
    return one("", tenantId, id);
  }

  /** The organization, of which nobody else changes anything until the transaction ends. */
  Optional<Organization> locked(UUID tenantId, UUID id) {
    return one(" for no key update", tenantId, id);
  }

  private Optional<Organization> one(String locking, UUID tenantId, UUID id) {
    return jdbc.sql("select * from organization where tenant_id = :tenant and id = :id" + locking)
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, number) -> organization(row))
        .optional();
  }

  /** Those of them that are there. */
  List<Organization> find(UUID tenantId, Collection<UUID> ids) {
    return jdbc.sql("select * from organization where tenant_id = :tenant and id = any (:ids)")
        .param("tenant", tenantId)
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, number) -> organization(row))
        .list();
  }

  /** A page by name, behind this key. */
  List<Organization> page(
      UUID tenantId, Organizations.Filter filter, @Nullable String after, int limit) {
    Verification verification = filter.verification();
    String text = filter.text();
    return jdbc.sql(
            """
            select * from organization
            where tenant_id = :tenant
              and (:verification::text is null or verification = :verification)
              and (:text::text is null or position(:text in name_key) > 0)
              and (:after::text is null or name_key > :after)
            order by name_key limit :limit
            """)
        .param("tenant", tenantId)
        .param("verification", verification == null ? null : verification.name())
        .param("text", text == null ? null : OrganizationRules.key(text))
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> organization(row))
        .list();
  }

  /** Adds one that nobody has looked at yet; empty where its name is taken. */
  Optional<Organization> add(UUID tenantId, OrganizationProfile profile, Instant now) {
    return values(
            """
            insert into organization (tenant_id, name, name_key, description, contact_email,
                default_license, permits, verification, created_at)
            values (:tenant, :name, :key, :description, :email, :license,
                cast(:permits as jsonb), 'UNVERIFIED', :now)
            on conflict (tenant_id, name_key) do nothing returning *
            """,
            profile)
        .param("tenant", tenantId)
        .param("now", DatabaseTimes.at(now))
        .query((row, number) -> organization(row))
        .optional();
  }

  /**
   * Writes a row that the caller holds locked; its version grows. Empty where the name is taken.
   */
  Optional<Organization> save(Organization organization) {
    try {
      return values(
              """
              update organization set name = :name, name_key = :key, description = :description,
                contact_email = :email, default_license = :license,
                permits = cast(:permits as jsonb), verification = :verification,
                version = version + 1
              where tenant_id = :tenant and id = :id returning *
              """,
              organization.profile())
          .param("verification", String.valueOf(organization.verification()))
          .param("tenant", organization.tenantId())
          .param("id", organization.id())
          .query((row, number) -> organization(row))
          .optional();
    } catch (DuplicateKeyException e) {
      return Optional.empty();
    }
  }

  private JdbcClient.StatementSpec values(String sql, OrganizationProfile profile) {
    License license = profile.defaultLicense();
    return jdbc.sql(sql)
        .param("name", profile.name())
        .param("key", OrganizationRules.key(profile.name()))
        .param("description", profile.description())
        .param("email", profile.contactEmail())
        .param("license", license == null ? null : license.name())
        .param("permits", json.writeValueAsString(profile.permits()));
  }

  private Organization organization(ResultSet row) throws SQLException {
    String license = row.getString("default_license");
    String verification = row.getString("verification");
    return new Organization(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        new OrganizationProfile(
            row.getString("name"),
            row.getString("description"),
            row.getString("contact_email"),
            license == null ? null : License.valueOf(license),
            Arrays.asList(json.readValue(row.getString("permits"), Permit[].class))),
        verification == null ? null : Verification.valueOf(verification),
        Objects.requireNonNull(DatabaseTimes.instant(row, "created_at")),
        row.getInt("version"));
  }
}
