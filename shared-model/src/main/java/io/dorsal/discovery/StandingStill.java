package io.dorsal.discovery;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How long the running transaction may do nothing. Reading from a store takes as long as it takes,
 * and nothing is locked yet; from the first write on, a worker that freezes must not hold up the
 * scan: the server ends its session after 20 s.
 */
final class StandingStill {

  private StandingStill() {}

  static void allow(JdbcTemplate jdbc) {
    jdbc.execute("set local idle_in_transaction_session_timeout = 0");
  }

  static void limit(JdbcTemplate jdbc) {
    jdbc.execute("set local idle_in_transaction_session_timeout = '20s'");
  }
}
