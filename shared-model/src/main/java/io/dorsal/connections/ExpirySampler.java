package io.dorsal.connections;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Metric;
import io.dorsal.operations.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** How many connections have a secret that ends within seven days. */
@Component
class ExpirySampler implements Sampler {

  private static final Duration SOON = Duration.ofDays(7);

  private final ConnectionRows rows;
  private final ExpiryClock clock;

  ExpirySampler(ConnectionRows rows, ExpiryClock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  @Override
  public List<Sample> sample() {
    Instant now = clock.now();
    return Tenancy.sweep(
        Sweeper.EXPIRY,
        () ->
            List.of(
                Sample.of(Metric.SECRETS_ENDING, rows.endingBetween(now, now.plus(SOON)).size())));
  }
}
