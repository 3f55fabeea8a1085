package io.dorsal.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.StatementsForTests;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.ProblemException;
import java.net.InetAddress;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * 40, section 6: unknown, expired, revoked and wrong keys take the same time, since the same is
 * done for them. What is done is compared, for a clock tells of the machine as well.
 */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class KeyRefusalsIntegrationTests {

  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private static ConfigurableApplicationContext context;

  private final UUID tenant = UUID.randomUUID();
  private final Caller admin = Caller.of(tenant, "ann", TenantRole.TENANT_ADMIN);

  /** What one refusal took. */
  private record Work(List<String> statements, int digests, String detail) {}

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    Security.insertProviderAt(new CountedDigests.Digests(), 1);
    context = RoomsForTests.on(database, StatementsForTests.Recorded.class);
  }

  @AfterAll
  static void stop() {
    Security.removeProvider(CountedDigests.Digests.NAME);
    context.close();
  }

  private ApiKeys.Made made() {
    var wanted = new NewKey("Key", KeyKind.SERVICE, List.of("files:read"), null, null);
    return Tenancy.in(tenant, () -> context.getBean(ApiKeys.class).create(admin, wanted));
  }

  private String expired() {
    ApiKeys.Made made = made();
    context
        .getBean(JdbcTemplate.class)
        .update("update api_key set expires_at = created_at where id = ?", made.key().id());
    return made.text();
  }

  private String revoked() {
    ApiKeys.Made made = made();
    Tenancy.run(tenant, () -> context.getBean(ApiKeys.class).revoke(admin, made.key().id()));
    return made.text();
  }

  /** From a network of its own, so that no call finds what another one was told. */
  private static Work refused(String key) {
    String network = "2001:db8:0:%x::1".formatted(NETWORKS.incrementAndGet());
    var address = new ClientAddress(InetAddress.ofLiteral(network));
    Credentials credentials = context.getBean(Credentials.class);
    var refusal = new AtomicReference<ProblemException>();
    CountedDigests.begin();
    List<String> statements =
        StatementsForTests.of(
            () ->
                refusal.set(
                    catchThrowableOfType(
                        ProblemException.class, () -> credentials.proven(null, key, address))));
    int digests = CountedDigests.made();
    assertThat(refusal.get().problem()).isEqualTo(AccessProblem.API_KEY_INVALID);
    return new Work(statements, digests, refusal.get().detail());
  }

  @Test
  void scenario14EveryRefusalOfAKeyIsTheSameWork() {
    String wrong = made().text();
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("unknown", "dk_AAAAAAAA_" + "a".repeat(43));
    keys.put("no key", "dk_");
    keys.put("wrong", wrong.substring(0, 12) + "a".repeat(43));
    keys.put("expired", expired());
    keys.put("revoked", revoked());
    // What is done once only, such as opening a connection, is done before.
    Work usual = refused("dk_BBBBBBBB_" + "b".repeat(43));
    assertThat(usual.statements()).isNotEmpty();
    assertThat(usual.digests()).isPositive();
    for (int round = 0; round < 3; round++) {
      keys.forEach((kind, key) -> assertThat(refused(key)).as(kind).isEqualTo(usual));
    }
  }
}
