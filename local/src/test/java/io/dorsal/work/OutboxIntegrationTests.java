package io.dorsal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.operations.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class OutboxIntegrationTests {

  private static final UUID TENANT = UUID.randomUUID();

  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext other;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    one = RoomsForTests.on(database, Recorder.class);
    other = RoomsForTests.on(database, Recorder.class);
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  @BeforeEach
  void empty() {
    jdbc().update("truncate outbox");
    recorder(one).reset();
    recorder(other).reset();
  }

  @Test
  void stateAndMessageGoOutTogetherAfterTheCommit() throws InterruptedException {
    one.getBean(TransactionTemplate.class)
        .executeWithoutResult(
            status -> {
              one.getBean(Outbox.class).add(List.of(message("a")));
              assertThat(other.getBean(OutboxPoster.class).postAll()).isZero();
            });
    await(() -> recorder(one).ids().equals(List.of("a")));
    await(() -> unsent() == 0);
    assertThat(recorder(other).ids()).isEmpty();
  }

  @Test
  void rollbackPostsNothing() throws InterruptedException {
    assertThatThrownBy(
            () ->
                one.getBean(TransactionTemplate.class)
                    .executeWithoutResult(
                        status -> {
                          one.getBean(Outbox.class).add(List.of(message("a")));
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    Thread.sleep(200);
    assertThat(other.getBean(OutboxPoster.class).postAll()).isZero();
    assertThat(recorder(one).ids()).isEmpty();
    assertThat(jdbc().queryForList("select 1 from outbox")).isEmpty();
  }

  @Test
  void outboxIsWrittenInATransactionOnly() {
    assertThatThrownBy(() -> one.getBean(Outbox.class).add(List.of(message("a"))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void traceAndRequestGoAlong() throws InterruptedException {
    TraceContext trace = TraceContext.start();
    MDC.put("request_id", "req-1");
    try (var _ = trace.open()) {
      add(one, List.of(message("a")));
    } finally {
      MDC.remove("request_id");
    }
    await(() -> !recorder(one).sent.isEmpty());
    OutboxPoster.Row row = recorder(one).sent.getFirst();
    TraceContext sent = TraceContext.parse(row.traceParent()).orElseThrow();
    assertThat(sent.traceId()).isEqualTo(trace.traceId());
    assertThat(sent.spanId()).as("a hop of its own").isNotEqualTo(trace.spanId());
    assertThat(row.requestId()).isEqualTo("req-1");
    assertThat(row.tenantId()).isEqualTo(TENANT);
    assertThat(row.queue()).isEqualTo(Queues.SCAN_REQUESTS);
    assertThat(row.body()).isEqualTo("{\"id\":\"a\"}");
  }

  @Test
  void whatWasLeftBehindIsPostedInOrderByAnyone() throws InterruptedException {
    recorder(one).fail = true;
    List<OutboxMessage> messages =
        IntStream.range(0, 250).mapToObj(i -> message("m%03d".formatted(i))).toList();
    add(one, messages);
    await(() -> recorder(one).refusals > 0);
    assertThat(unsent()).isEqualTo(250);
    assertThat(other.getBean(OutboxPoster.class).postAll()).isEqualTo(250);
    assertThat(recorder(other).ids())
        .isEqualTo(messages.stream().map(OutboxMessage::messageId).toList());
    assertThat(unsent()).isZero();
    assertThat(other.getBean(OutboxPoster.class).postAll()).isZero();
  }

  @Test
  void postersAtOnceSendEachMessageOnce() throws Exception {
    recorder(one).fail = true;
    add(one, IntStream.range(0, 1_000).mapToObj(i -> message("m" + i)).toList());
    await(() -> recorder(one).refusals > 0);
    recorder(one).fail = false;
    Callable<Integer> here = () -> one.getBean(OutboxPoster.class).postAll();
    Callable<Integer> there = () -> other.getBean(OutboxPoster.class).postAll();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var posted : threads.invokeAll(List.of(here, there, here, there))) {
        posted.get();
      }
    }
    one.getBean(OutboxPoster.class).postAll();
    List<String> all =
        Stream.concat(recorder(one).ids().stream(), recorder(other).ids().stream()).toList();
    assertThat(all).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void postedRowsAreForgottenAfterAWeek() {
    jdbc()
        .update(
            """
            insert into outbox (tenant_id, queue, message_id, body, trace_parent, sent_at)
            select ?, 'q', 'm' || d, '{}', 't', now() - make_interval(days => d)
            from generate_series(5, 9) d
            """,
            TENANT);
    one.getBean(OutboxPoster.class).forgetOld();
    assertThat(jdbc().queryForList("select message_id from outbox order by 1", String.class))
        .containsExactly("m5", "m6");
  }

  private static void add(ConfigurableApplicationContext worker, List<OutboxMessage> messages) {
    worker
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(status -> worker.getBean(Outbox.class).add(messages));
  }

  private static OutboxMessage message(String id) {
    return new OutboxMessage(TENANT, Queues.SCAN_REQUESTS, id, "{\"id\":\"" + id + "\"}");
  }

  private static int unsent() {
    return jdbc().queryForList("select 1 from outbox where sent_at is null").size();
  }

  private static JdbcTemplate jdbc() {
    return one.getBean(JdbcTemplate.class);
  }

  private static Recorder recorder(ConfigurableApplicationContext worker) {
    return worker.getBean(Recorder.class);
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Takes the place of Service Bus. */
  @Component
  @Primary
  static class Recorder extends QueueSenders {
    private final List<OutboxPoster.Row> sent = new ArrayList<>();
    private volatile boolean fail;
    private volatile int refusals;

    Recorder(WorkSettings settings) {
      super(settings);
    }

    synchronized void reset() {
      sent.clear();
      fail = false;
      refusals = 0;
    }

    synchronized List<String> ids() {
      return sent.stream().map(OutboxPoster.Row::messageId).toList();
    }

    @Override
    synchronized void send(String queue, List<OutboxPoster.Row> rows) {
      if (fail) {
        refusals = refusals + 1;
        throw new IllegalStateException("Service Bus is away");
      }
      sent.addAll(rows);
    }
  }
}
