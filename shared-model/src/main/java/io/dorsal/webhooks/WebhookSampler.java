package io.dorsal.webhooks;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Metric;
import io.dorsal.operations.Sampler;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many deliveries wait, those of paused webhooks included. */
@Component
class WebhookSampler implements Sampler {

  private final JdbcClient jdbc;

  WebhookSampler(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Sample> sample() {
    double waiting =
        Tenancy.sweep(
            Sweeper.WEBHOOKS,
            () ->
                jdbc.sql("select count(*) from webhook_delivery where state = 'WAITING'")
                    .query(Double.class)
                    .single());
    return List.of(Sample.of(Metric.WEBHOOK_BACKLOG, waiting));
  }
}
