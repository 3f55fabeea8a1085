package io.dorsal.connections;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Scope;
import io.dorsal.access.Sha256;
import io.dorsal.access.Standings;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Personal tokens by which a calendar program reads the expiry calendar, since it cannot sign in.
 * One per user, with the rights the user has now; only its hash is kept. Thread-safe.
 */
@Component
public class CalendarFeeds {

  private static final int TOKEN_BYTES = 32;
  private static final String READING = "Reading the expiry calendar";

  private final JdbcClient jdbc;
  private final Standings standings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  CalendarFeeds(JdbcClient jdbc, Standings standings, Clock clock) {
    this.jdbc = jdbc;
    this.standings = standings;
    this.clock = clock;
  }

  private record Owner(UUID tenantId, UUID userId) {}

  /**
   * A new token for the caller, shown this once; the one before opens nothing any more.
   *
   * @throws ProblemException PERMISSION_DENIED also for keys of the tenant, which are no person's
   */
  public String issue(Caller caller) {
    caller.require(PopulationRole.ADMINISTRATOR, READING);
    UUID user = caller.userId();
    if (user == null) {
      throw new ProblemException(
          AccessProblem.PERMISSION_DENIED,
          "A calendar's address needs a user of the tenant.",
          Map.of("required_role", TenantRole.MEMBER.name()));
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    jdbc.sql(
            """
            insert into calendar_feed (tenant_id, user_id, token_hash, created_at)
            values (:tenant, :user, :hash, :now)
            on conflict (tenant_id, user_id) do update set token_hash = :hash, created_at = :now
            """)
        .param("tenant", caller.tenantId())
        .param("user", user)
        .param("hash", Sha256.of(token))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return token;
  }

  /** Takes the caller's token back; without one nothing happens. */
  public void revoke(Caller caller) {
    jdbc.sql("delete from calendar_feed where tenant_id = :tenant and user_id = :user")
        .param("tenant", caller.tenantId())
        .param("user", caller.userId())
        .update();
  }

  /**
   * Whose feed it is, with the rights that one has now, narrowed to reading onboarding rooms.
   *
   * @throws ProblemException NOT_FOUND where the token is none, or no longer one; as every
   *     credential of the user where that one or the tenant is kept out
   */
  public Caller callerOf(@Nullable String token) {
    Owner owner =
        jdbc.sql("select tenant_id, user_id from calendar_feed_of(?)")
            .param(Sha256.of(token == null ? "" : token))
            .query(Owner.class)
            .optional()
            .orElseThrow(
                () -> new ProblemException(GeneralProblem.NOT_FOUND, "There is no such calendar."));
    return standings.of(owner.tenantId(), owner.userId(), Set.of(Scope.ONBOARDING_READ));
  }
}
