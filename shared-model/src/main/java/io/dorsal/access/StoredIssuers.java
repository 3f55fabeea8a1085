package io.dorsal.access;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tenants' own providers as their settings name them, at most 3 s old. Thread-safe. */
@Component
class StoredIssuers implements FurtherIssuer.Directory {

  private static final Logger log = LoggerFactory.getLogger(StoredIssuers.class);
  private static final Duration KEPT = Duration.ofSeconds(3);

  private record Read(List<FurtherIssuer> issuers, Instant at) {}

  private final JdbcClient jdbc;
  private final SignInSettings settings;
  private final Clock clock;
  private volatile Read read = new Read(List.of(), Instant.MIN);

  StoredIssuers(JdbcClient jdbc, SignInSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public List<FurtherIssuer> all() {
    Read known = read;
    if (known.at().plus(KEPT).isAfter(clock.instant())) {
      return known.issuers();
    }
    List<FurtherIssuer> issuers = known.issuers();
    try {
      issuers = Tenancy.sweep(Sweeper.IDENTITY_ISSUERS, this::stored);
    } catch (DataAccessException e) {
      log.warn("The tenants' own identity providers cannot be read: {}", e.toString());
    }
    read = new Read(issuers, clock.instant());
    return issuers;
  }

  @Override
  public boolean reaches(URI url) {
    return settings.reaches(url);
  }

  private List<FurtherIssuer> stored() {
    return jdbc.sql(
            """
            select id as tenant_id, each ->> 'issuer' as issuer, each ->> 'jwks_url' as jwks_url,
                each ->> 'audience' as audience
            from tenant,
                jsonb_array_elements(settings -> 'identity_issuers') as each
            where settings ? 'identity_issuers'
            order by id
            """)
        .query(
            (row, number) ->
                new FurtherIssuer(
                    row.getObject("tenant_id", UUID.class),
                    row.getString("issuer"),
                    row.getString("jwks_url"),
                    row.getString("audience")))
        .list();
  }
}
