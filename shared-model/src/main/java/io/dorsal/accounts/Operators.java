package io.dorsal.accounts;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who runs the platform. Thread-safe. */
@Component
public class Operators {

  private final JdbcClient jdbc;

  public Operators(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<UUID> find(User.Account account) {
    return jdbc.sql(
            "select id from platform_operator where issuer = :issuer and subject = :subject")
        .param("issuer", account.issuer())
        .param("subject", account.subject())
        .query(UUID.class)
        .optional();
  }

  /** Makes somebody an operator, known from their next call on; a second time changes nothing. */
  public void appoint(String issuer, String subject) {
    User.Account account = User.Account.of(issuer, subject);
    jdbc.sql(
            """
            insert into platform_operator (issuer, subject) values (:issuer, :subject)
            on conflict do nothing
            """)
        .param("issuer", account.issuer())
        .param("subject", account.subject())
        .update();
  }
}
