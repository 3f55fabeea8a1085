package io.dorsal.connections;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps them sealed as connections' secrets are; of two that make one, the first is kept. */
@Component
class StoredTenantKeys implements TenantKeys {

  private final SecretVault vault;
  private final JdbcClient jdbc;

  StoredTenantKeys(SecretVault vault, JdbcClient jdbc) {
    this.vault = vault;
    this.jdbc = jdbc;
  }

  static String associatedData(UUID tenantId) {
    return "tenant-key|" + tenantId;
  }

  @Override
  public byte[] of(UUID tenantId) {
    return kept(tenantId)
        .or(
            () -> {
              keep(tenantId);
              return kept(tenantId);
            })
        .map(key -> Base64.getDecoder().decode(vault.open(key, associatedData(tenantId))))
        .orElseThrow();
  }

  private Optional<SealedSecret> kept(UUID tenantId) {
    return jdbc.sql(
            """
            select sealed_key, wrapped_key, wrapping_key from tenant_key where tenant_id = :tenant
            """)
        .param("tenant", tenantId)
        .query((row, _) -> new SealedSecret(row.getBytes(1), row.getBytes(2), row.getString(3)))
        .optional();
  }

  private void keep(UUID tenantId) {
    String made = Base64.getEncoder().encodeToString(AesGcm.randomKey());
    SealedSecret sealed = vault.seal(made, associatedData(tenantId));
    jdbc.sql(
            """
            insert into tenant_key (tenant_id, sealed_key, wrapped_key, wrapping_key)
            values (:tenant, :sealed, :wrapped, :wrapping) on conflict do nothing
            """)
        .param("tenant", tenantId)
        .param("sealed", sealed.ciphertext())
        .param("wrapped", sealed.wrappedKey())
        .param("wrapping", sealed.wrappingKey())
        .update();
  }
}
