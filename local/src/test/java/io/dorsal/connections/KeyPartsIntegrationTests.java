package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.local.storage.StorageAccounts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Section 1.2: the secret of a deleted connection is unreadable, also in backups. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class KeyPartsIntegrationTests {

  private static final String SECRET = "ss=b&srt=sco&sp=rl&se=2027-12-31&sig=abc";

  private static ConfigurableApplicationContext rooms;
  private static ServersForTests.Storage storage;

  private final Caller admin = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);
  private final ConnectionChanges changes = rooms.getBean(ConnectionChanges.class);
  private final BlobAccess access = rooms.getBean(BlobAccess.class);
  private final JdbcTemplate jdbc = rooms.getBean(JdbcTemplate.class);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres, ServersForTests.Storage servers) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    storage = servers;
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @AfterEach
  void mend() {
    storage.gateway().faults().clear();
  }

  @Test
  void secretInABackupFromBeforeTheDeleteIsUnreadable() {
    Connection backup = created();
    Credential secret = access.credentialOf(backup);
    Connection renewed = changes.replaceSecret(admin, backup.id(), version(backup), SECRET + "d");
    assertThat(access.credentialOf(backup)).isEqualTo(secret);

    changes.delete(admin, backup.id(), version(renewed));
    assertThatThrownBy(() -> access.credentialOf(backup))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("part of the key");
    assertThatThrownBy(() -> access.credentialOf(renewed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deathBetweenDeleteAndItsKeyIsMadeGoodByTheSweep() {
    Connection kept = created();
    Connection backup = created();
    jdbc.update("update connection set deleted_at = now() where id = ?", backup.id());
    assertThat(access.credentialOf(backup)).isEqualTo(access.credentialOf(kept));

    rooms.getBean(KeyPartSweep.class).sweep();
    assertThatThrownBy(() -> access.credentialOf(backup)).isInstanceOf(IllegalStateException.class);
    assertThat(access.credentialOf(kept)).isNotNull();
  }

  @Test
  void partsInTheStoreAreMadeOnceAndGoWithTheirTenant() {
    var store = store();
    var parts = new KeyPartBlobs(store);
    UUID tenant = UUID.randomUUID();
    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    byte[] made = parts.made(tenant, one);
    assertThat(made).hasSize(AesGcm.KEY_BYTES);
    assertThat(parts.made(tenant, one)).isEqualTo(made);
    assertThat(parts.of(tenant, one)).isEqualTo(made);
    assertThat(parts.made(tenant, other)).isNotEqualTo(made);

    parts.delete(tenant, one);
    parts.delete(tenant, one);
    gone(parts, tenant, one);
    assertThat(new TenantBlobs(store).remove(tenant, 10)).isEqualTo(1);
    gone(parts, tenant, other);
  }

  @Test
  void storeThatIsAwayIsNotAPartThatIsGone() {
    var parts = new KeyPartBlobs(store());
    UUID tenant = UUID.randomUUID();
    UUID one = UUID.randomUUID();
    byte[] made = parts.made(tenant, one);
    storage.gateway().faults().add(new FaultRule("GET /store/", null, "STATUS 503 ServerBusy", 9));
    assertThatThrownBy(() -> parts.of(tenant, one)).isNotInstanceOf(IllegalStateException.class);
    storage.gateway().faults().clear();
    assertThat(parts.of(tenant, one)).isEqualTo(made);
  }

  private Connection created() {
    return changes.create(
        admin,
        new ConnectionRequest(
            "C" + UUID.randomUUID(),
            "AZURE_BLOB",
            "whales",
            "http://127.0.0.1:1/whales",
            "SAS_TOKEN",
            SECRET,
            List.of()));
  }

  private static int version(Connection connection) {
    Integer version = connection.version();
    return version == null ? -1 : version;
  }

  private static void gone(KeyParts parts, UUID tenant, UUID connection) {
    assertThatThrownBy(() -> parts.of(tenant, connection))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("part of the key");
  }

  private static OwnStore store() {
    return new OwnStore(
        new StoreSettings(
            storage.containers().endpoint(StorageAccounts.STORE),
            storage.accounts().key(StorageAccounts.STORE),
            "key-parts"),
        new StaticListableBeanFactory().getBeanProvider(TokenCredential.class));
  }
}
