package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.webhooks.WebhookHeader;
import io.dorsal.webhooks.WebhookWanted;
import io.dorsal.webhooks.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/** The wrapping key gets a new version while connections are in use. */
@ExtendWith(ServersForTests.class)
class KeyRotationIntegrationTests {

  private static final String WEBHOOK_SECRET = "0123456789abcdef0123456789abcdef";

  private static volatile int newest = 1;
  private static volatile int oldest = 1;

  /** A key whose versions from the oldest to the newest can be used. */
  private static final WrappingKey KEY =
      new WrappingKey() {
        @Override
        public String newest() {
          return "key/" + newest;
        }

        @Override
        public boolean opens(String keyId) {
          return keyId.startsWith("key/") && Integer.parseInt(keyId.substring(4)) >= oldest;
        }

        @Override
        public Wrapped wrap(byte[] dataKey, String place) {
          return new Wrapped(newest(), AesGcm.encrypt(key(newest()), dataKey, place));
        }

        @Override
        public byte[] unwrap(Wrapped wrapped, String place) {
          return AesGcm.decrypt(key(wrapped.keyId()), wrapped.bytes(), place);
        }

        private byte[] key(String id) {
          byte[] key = new byte[AesGcm.KEY_BYTES];
          key[0] = (byte) Integer.parseInt(id.substring(4));
          return key;
        }
      };

  @Configuration(proxyBeanMethods = false)
  static class Rotating {
    @Bean
    @Primary
    SecretVault rotatingVault() {
      return new SecretVault(List.of(KEY));
    }
  }

  @Test
  void dataKeysFollowTheWrappingKeyAndSecretsStay(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    try (var rooms = RoomsForTests.on(database, Rotating.class)) {
      var admin = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);
      var changes = rooms.getBean(ConnectionChanges.class);
      var access = rooms.getBean(BlobAccess.class);
      var jdbc = rooms.getBean(JdbcTemplate.class);
      Connection kept = changes.create(admin, request("Kept"));
      Connection gone = changes.create(admin, request("Gone"));
      changes.delete(admin, gone.id(), version(gone));
      UUID webhook = webhook(rooms, admin);

      newest = 2;
      Connection young = changes.create(admin, request("Young"));
      assertThat(access.credentialOf(kept)).isEqualTo(access.credentialOf(young));
      assertThat(young.secretFingerprint()).isEqualTo(kept.secretFingerprint());

      // The connection's data key, the tenant's and the webhook's two; none of what is deleted or
      // new.
      assertThat(rooms.getBean(KeyRotation.class).rewrap()).isEqualTo(4);
      assertThat(rooms.getBean(KeyRotation.class).rewrap()).isZero();
      oldest = 2;
      Connection moved = rooms.getBean(Connections.class).get(admin, kept.id());
      assertThat(moved.wrappingKey()).isEqualTo("key/2");
      assertThat(moved.version()).isEqualTo(kept.version());
      assertThat(access.credentialOf(moved)).isEqualTo(access.credentialOf(young));
      assertThatThrownBy(() -> access.credentialOf(kept)).isInstanceOf(IllegalStateException.class);
      assertThat(opened(rooms, admin, webhook))
          .containsExactly("{\"X-Key\":\"planted\"}", WEBHOOK_SECRET);
      assertThat(changes.create(admin, request("Later")).secretFingerprint())
          .isEqualTo(kept.secretFingerprint());
      assertThat(
              jdbc.queryForList(
                  "select length(sealed_secret) + length(wrapped_key) from connection"
                      + " where id = '"
                      + gone.id()
                      + "'",
                  Integer.class))
          .containsExactly(0);
    }
  }

  /** A webhook with a secret that signs and a header. */
  private static UUID webhook(ApplicationContext rooms, Caller admin) {
    var wanted =
        new WebhookWanted(
            "W",
            "https://203.0.113.1/in",
            List.of("scan.finished"),
            null,
            WEBHOOK_SECRET,
            List.of(new WebhookHeader("X-Key", "planted")));
    return Tenancy.in(
            admin.tenantId(), () -> rooms.getBean(Webhooks.class).create(admin, wanted).webhook())
        .id();
  }

  /** What the webhook's secrets say, opened with the keys there are. */
  private static List<String> opened(ApplicationContext rooms, Caller admin, UUID webhook) {
    return rooms
        .getBean(JdbcTemplate.class)
        .query(
            "select id, sealed, wrapped_key, wrapping_key from webhook_secret order by kind",
            (row, number) ->
                rooms
                    .getBean(SecretVault.class)
                    .open(
                        new SealedSecret(
                            row.getBytes("sealed"),
                            row.getBytes("wrapped_key"),
                            row.getString("wrapping_key")),
                        admin.tenantId() + "|webhook|" + webhook + "|" + row.getString("id")));
  }

  private static int version(Connection connection) {
    Integer version = connection.version();
    return version == null ? -1 : version;
  }

  private static ConnectionRequest request(String name) {
    return new ConnectionRequest(
        name,
        "AZURE_BLOB",
        "whales",
        "http://127.0.0.1:1/whales",
        "SAS_TOKEN",
        "ss=b&srt=sco&sp=rl&se=2027-12-31&sig=abc",
        List.of());
  }
}
