package io.dorsal.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Tenancy;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.operations.Metric;
import io.dorsal.operations.Sampler.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of a key's end, and how a key is found. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ApiKeyWatchIntegrationTests {

  private static ConfigurableApplicationContext context;

  private final UUID tenant = UUID.randomUUID();
  private final UUID owner = UUID.randomUUID();
  private final Instant now = context.getBean(Clock.class).instant();

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    context = RoomsForTests.on(database);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void endsAreToldOnceAtTheTightestThreshold() {
    add("in a month", Duration.ofDays(29));
    add("in a week", Duration.ofDays(6));
    add("tomorrow", Duration.ofHours(20));
    add("later", Duration.ofDays(40));
    ApiKeyWatch watch = context.getBean(ApiKeyWatch.class);
    assertThat(watch.sample()).containsExactly(Sample.of(Metric.API_KEYS_ENDING, 2));
    assertThat(watch.sendNotices()).isEqualTo(3);
    assertThat(watch.sendNotices()).isZero();
    assertThat(titles())
        .containsExactlyInAnyOrder(
            "The API key in a month ends within 30 days",
            "The API key in a week ends within 7 days",
            "The API key tomorrow ends within 1 day");
  }

  @Test
  void theLookUpAcrossTenantsTellsOfNothingButTheKeyItIsGiven() {
    KeyText one = add("one", Duration.ofDays(100));
    add("two", Duration.ofDays(100));
    ApiKeyRows rows = context.getBean(ApiKeyRows.class);
    assertThat(rows.withPrefix(one.prefix()).orElseThrow().key().name()).isEqualTo("one");
    assertThat(rows.withPrefix("%")).isEmpty();
    assertThat(rows.withPrefix("")).isEmpty();
    Tenancy.run(
        UUID.randomUUID(),
        () -> assertThat(rows.find(UUID.randomUUID(), UUID.randomUUID())).isEmpty());
    assertThat(
            context
                .getBean(JdbcClient.class)
                .sql(
                    """
                    select prosecdef and array_to_string(proconfig, ',') like 'search_path=dorsal%'
                      and not has_function_privilege('public', oid, 'execute')
                    from pg_proc where proname = 'api_key_of'
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private KeyText add(String name, Duration life) {
    KeyText text = KeyText.generate();
    var key =
        new ApiKey(
            tenant,
            UUID.randomUUID(),
            text.prefix(),
            KeyKind.USER,
            owner,
            name,
            List.of("*"),
            List.of(),
            owner.toString(),
            now,
            now.plus(life),
            null,
            null,
            null,
            null,
            0);
    Tenancy.run(tenant, () -> context.getBean(ApiKeyRows.class).add(key, text.hash()));
    return text;
  }

  private List<String> titles() {
    return Tenancy.in(
        tenant,
        () ->
            context
                .getBean(JdbcClient.class)
                .sql("select title from notice where tenant_id = ? and kind = 'API_KEY_EXPIRES'")
                .param(tenant)
                .query(String.class)
                .list());
  }
}
