package io.dorsal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.operations.KeptSweep;
import io.dorsal.operations.NewNotice;
import io.dorsal.operations.Notices;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Notices on their way by mail, sent by two processes to a server that comes and goes. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class MailIntegrationTests {

  private static final String PASSWORD = "planted-MARKER-password";

  private static MailForTests server;
  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext two;
  private static ConfigurableApplicationContext silent;
  private static JdbcTemplate jdbc;

  private final String address = "ann-" + UUID.randomUUID() + "@whales.example";
  private final UUID tenant = MailForTests.tenant(jdbc);
  private final UUID ann = MailForTests.user(jdbc, tenant, address, true);
  private Instant now = Instant.parse("2026-12-02T08:00:00Z");

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) throws Exception {
    server = MailForTests.start();
    server.account("dorsal", PASSWORD);
    Map<String, String> settings = new HashMap<>(postgres.empty());
    Migration.run(settings);
    silent = RoomsForTests.on(settings, ClockForTests.class);
    settings.putAll(server.settings());
    settings.put("dorsal.mail-url", server.url("dorsal:" + PASSWORD + "@"));
    one = RoomsForTests.on(settings, ClockForTests.class);
    two = RoomsForTests.on(settings, ClockForTests.class);
    jdbc = one.getBean(JdbcTemplate.class);
  }

  @AfterAll
  static void stop() {
    List.of(one, two, silent).forEach(ConfigurableApplicationContext::close);
    server.close();
  }

  @BeforeEach
  void begin() {
    later(Duration.ZERO);
  }

  @AfterEach
  void nothingIsLeftForTheNext() {
    jdbc.update("update mail set state = 'CANCELED' where state = 'WAITING'");
  }

  private void later(Duration by) {
    now = now.plus(by);
    List.of(one, two, silent).forEach(each -> each.getBean(ClockForTests.Hand.class).set(now));
  }

  private NewNotice notice(String subject) {
    UUID thing = UUID.randomUUID();
    return new NewNotice(
        tenant,
        "TOLD/" + thing,
        "TOLD",
        TenantRole.TENANT_ADMIN,
        subject,
        "A thing ends",
        "Renew it.",
        "thing",
        thing);
  }

  private boolean tell(ConfigurableApplicationContext rooms, NewNotice notice) {
    return Tenancy.in(tenant, () -> rooms.getBean(MailedNotices.class).tell(notice));
  }

  private static void send() {
    one.getBean(MailWork.class).sendDue();
  }

  /** State, attempts and error of the tenant's mails. */
  private List<@Nullable String> mails() {
    return jdbc.queryForList(
        "select concat_ws(' ', state, attempts, last_error) from mail where tenant_id = ?"
            + " order by id",
        String.class,
        tenant);
  }

  @Test
  void whoeverItIsForGetsItOnceOfTwoProcesses() throws Exception {
    String bob = "bob-" + address;
    String eve = "eve-" + address;
    MailForTests.user(jdbc, tenant, bob, true);
    MailForTests.user(jdbc, tenant, null, true);
    MailForTests.user(jdbc, tenant, "", true);
    MailForTests.user(jdbc, tenant, eve, false);
    UUID gone = MailForTests.user(jdbc, tenant, "gone-" + address, true);
    jdbc.update("update users set is_active = false where id = ?", gone);
    UUID suspended = MailForTests.user(jdbc, tenant, "suspended-" + address, true);
    jdbc.update("update users set status = 'SUSPENDED' where id = ?", suspended);
    NewNotice notice = notice(ann.toString());
    assertThat(tell(one, notice)).isTrue();
    assertThat(tell(two, notice)).isFalse();

    Thread other = Thread.ofPlatform().start(two.getBean(MailWork.class)::sendDue);
    send();
    other.join();
    assertThat(server.subjects(address)).containsExactly("A thing ends");
    assertThat(server.subjects(bob)).containsExactly("A thing ends");
    assertThat(server.subjects(eve)).isEmpty();
    assertThat(mails()).containsExactly("SENT 1", "SENT 1");
    assertThat(MailForTests.text(server.to(bob).getFirst()))
        .startsWith("A thing ends.")
        .contains("Renew it.", "Tenant: Whale Trust", "Thing: " + notice.resourceId());
  }

  @Test
  void aNoticeForOnePersonIsMailedToNobodyElse() {
    String bob = "bob-" + address;
    UUID he = MailForTests.user(jdbc, tenant, bob, false);
    var notices = one.getBean(MailedNotices.class);
    Tenancy.run(tenant, () -> notices.tellMailingOne(notice(he.toString())));
    Tenancy.run(tenant, () -> notices.tellMailingOne(notice("a key of the tenant")));
    send();
    assertThat(server.subjects(bob)).hasSize(1);
    assertThat(server.subjects(address)).isEmpty();
  }

  @Test
  void aMailWaitsForAServerThatIsAway() {
    server.down();
    tell(one, notice(ann.toString()));
    send();
    assertThat(mails()).containsExactly("WAITING 1 SERVER_UNREACHABLE");
    server.up();
    server.account("dorsal", PASSWORD);
    later(Duration.ofSeconds(30).minusMillis(1));
    send();
    assertThat(server.to(address)).isEmpty();
    later(Duration.ofMillis(1));
    send();
    assertThat(server.to(address)).hasSize(1);
    assertThat(mails()).containsExactly("SENT 2");
    send();
    assertThat(server.to(address)).hasSize(1);
  }

  @Test
  void afterEightAttemptsItIsGivenUpAndNoLogKnowsWhereToOrThePassword() {
    var lines = new ListAppender<ILoggingEvent>();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    lines.start();
    root.addAppender(lines);
    server.down();
    try {
      tell(one, notice(ann.toString()));
      for (String wait :
          List.of("PT0S", "PT30S", "PT1M", "PT5M", "PT15M", "PT1H", "PT6H", "PT24H", "PT48H")) {
        later(Duration.parse(wait));
        send();
      }
    } finally {
      root.detachAppender(lines);
      server.up();
      server.account("dorsal", PASSWORD);
    }
    assertThat(mails()).containsExactly("GIVEN_UP 8 SERVER_UNREACHABLE");
    assertThat(
            jdbc.queryForList(
                "select concat_ws(' ', category, severity, outcome, after ->> 'attempts',"
                    + " after ->> 'error', after ->> 'user_id') from audit_entry"
                    + " where action = 'mail.given_up' and tenant_id = ?",
                String.class,
                tenant))
        .containsExactly("ADMIN WARNING FAILED 8 SERVER_UNREACHABLE " + ann);
    assertThat(lines.list).hasSizeGreaterThanOrEqualTo(8);
    assertThat(lines.list)
        .noneMatch(line -> told(line).contains(address))
        .noneMatch(line -> told(line).contains("MARKER"));
    for (String table : List.of("mail", "notice", "audit_entry")) {
      assertThat(
              jdbc.queryForList(
                  "select t::text from " + table + " t where tenant_id = ?", String.class, tenant))
          .isNotEmpty()
          .noneMatch(
              row ->
                  String.valueOf(row).contains(address) || String.valueOf(row).contains("MARKER"));
    }
  }

  private static String told(ILoggingEvent line) {
    String thrown = line.getThrowableProxy() == null ? "" : line.getThrowableProxy().getMessage();
    return line.getFormattedMessage() + thrown;
  }

  /** The server said yes, and the process died before it could write that down. */
  @Test
  void whatMayHaveBeenSentComesAgainAsTheSameMessageOnceItsLeaseIsOver() throws Exception {
    tell(one, notice(ann.toString()));
    send();
    jdbc.update(
        "update mail set state = 'WAITING', attempts = 0, next_at = created_at, ended_at = null,"
            + " leased_until = clock_timestamp() + interval '2 minutes' where tenant_id = ?",
        tenant);
    send();
    assertThat(server.to(address)).hasSize(1);
    jdbc.update("update mail set leased_until = clock_timestamp() where tenant_id = ?", tenant);
    send();
    assertThat(server.to(address)).hasSize(2);
    assertThat(server.to(address).get(0).getMessageID())
        .isEqualTo(server.to(address).get(1).getMessageID());
  }

  @Test
  void whatNoLongerHoldsIsNotSent() {
    NewNotice notice = notice(ann.toString());
    tell(one, notice);
    Tenancy.run(
        tenant, () -> one.getBean(Notices.class).clear(tenant, "TOLD", notice.resourceId()));
    tell(one, notice(ann.toString()));
    jdbc.update("update tenant set status = 'SUSPENDED' where id = ?", tenant);
    send();
    assertThat(mails()).containsExactly("WAITING 0", "WAITING 0");
    jdbc.update("update tenant set status = 'ACTIVE' where id = ?", tenant);
    jdbc.update("update users set status = 'SUSPENDED' where id = ?", ann);
    send();
    assertThat(mails()).containsExactly("CANCELED 0", "CANCELED 0");
    assertThat(server.to(address)).isEmpty();
  }

  @Test
  void withoutAServerThereIsTheNoticeAlone() {
    NewNotice notice = notice(ann.toString());
    assertThat(tell(silent, notice)).isTrue();
    assertThat(silent.getBean(MailWork.class).sends()).isFalse();
    silent.getBean(MailWork.class).sendDue();
    assertThat(mails()).isEmpty();
  }

  @Test
  void mailsThatEndedAreForgottenAfter30Days() {
    tell(one, notice(ann.toString()));
    tell(one, notice(ann.toString()));
    tell(one, notice(ann.toString()));
    jdbc.update(
        "update mail set ended_at = now() - interval '29 days' where tenant_id = ?", tenant);
    jdbc.update(
        "update mail set ended_at = now() - interval '31 days' where tenant_id = ?"
            + " and id = (select id from mail where tenant_id = ? order by id limit 1)",
        tenant,
        tenant);
    one.getBean(KeptSweep.class).forgetOld();
    assertThat(mails()).hasSize(2);
  }
}
