package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Sha256;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Personal tokens by which a calendar program reads the expiry calendar, since it cannot sign in.
 * One per person; only its hash is kept. Thread-safe.
 */
@Component
public class CalendarFeeds {

  private static final int TOKEN_BYTES = 32;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  CalendarFeeds(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A new token for the caller, shown this once; the one before opens nothing any more. */
  public String issue(Caller caller) {
    caller.require(PopulationRole.ADMINISTRATOR, "Reading the expiry calendar");
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    jdbc.sql(
            """
            insert into calendar_feed (tenant_id, subject, role, token_hash, created_at)
            values (:tenant, :subject, :role, :hash, :now)
            on conflict (tenant_id, subject)
            do update set role = :role, token_hash = :hash, created_at = :now
            """)
        .param("tenant", caller.tenantId())
        .param("subject", caller.actor())
        .param("role", caller.role().name())
        .param("hash", Sha256.of(token))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return token;
  }

  /** Takes the caller's token back; without one nothing happens. */
  public void revoke(Caller caller) {
    jdbc.sql("delete from calendar_feed where tenant_id = ? and subject = ?")
        .params(caller.tenantId(), caller.actor())
        .update();
  }

  /**
   * Whose feed it is, with the role that person had when the token was made.
   *
   * @throws ProblemException NOT_FOUND where the token is none, or no longer one
   */
  public Caller callerOf(@Nullable String token) {
    return jdbc.sql("select tenant_id, subject, role from calendar_feed_of(?)")
        .param(Sha256.of(token == null ? "" : token))
        .query(
            (row, number) ->
                Caller.of(
                        row.getObject("tenant_id", UUID.class),
                        row.getString("subject"),
                        TenantRole.valueOf(row.getString("role")))
                    .with(new UUID(0, 0), PopulationRole.ADMINISTRATOR))
        .optional()
        .orElseThrow(
            () -> new ProblemException(GeneralProblem.NOT_FOUND, "There is no such calendar."));
  }
}
