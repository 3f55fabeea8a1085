package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.core.env.StandardEnvironment;

class MessageDeliveryTests {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final Metrics metrics = new Metrics(new StandardEnvironment());

  private static MessageDelivery delivery(int number, @Nullable String properties) {
    return MessageDelivery.of("import-requests", "m1", 7, number, properties);
  }

  @Test
  void everyDeliveryIsASpanOfItsOwnInTheSendersTrace() {
    String properties = "{\"traceparent\":\"" + PARENT + "\",\"request_id\":\"r-1234567\"}";
    try (Span first = delivery(1, properties).hop();
        Span again = delivery(1, properties).hop();
        Span second = delivery(2, properties).hop()) {
      assertThat(first.context().traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
      assertThat(again.context()).isEqualTo(first.context());
      assertThat(second.context().traceId()).isEqualTo(first.context().traceId());
      assertThat(second.context().spanId()).isNotEqualTo(first.context().spanId());
    }
    assertThat(delivery(1, properties).requestId()).isEqualTo("r-1234567");
  }

  @Test
  void messagesOfOthersMayLackATraceOrNameItOtherwise() {
    for (String properties : new String[] {null, "", "{}", "{\"traceparent\":7}", "nonsense"}) {
      assertThat(delivery(1, properties).traceParent()).as(properties).isNull();
    }
    assertThat(delivery(1, "{\"Diagnostic-Id\":\"" + PARENT + "\"}").traceParent())
        .isEqualTo(PARENT);
  }

  @Test
  void workIsDoneInItsTraceAndMeasuredAndWhatItThrowsComesThrough() {
    UUID tenant = UUID.randomUUID();
    delivery(1, "{\"traceparent\":\"" + PARENT + "\"}")
        .work(
            metrics,
            whose -> {
              whose.accept(tenant);
              assertThat(MDC.get("tenant_id")).isEqualTo(tenant.toString());
              assertThat(MDC.get("job_id")).isEqualTo("m1");
              assertThat(MDC.get("trace_id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            });
    for (RuntimeException failure :
        List.of(
            new IllegalStateException("down"),
            new ProblemException(GeneralProblem.NOT_FOUND, "Not there."))) {
      assertThatThrownBy(
              () ->
                  delivery(2, null)
                      .work(
                          metrics,
                          whose -> {
                            throw failure;
                          }))
          .isSameAs(failure);
    }
    assertThat(counted("ok")).isEqualTo(1);
    assertThat(counted("retry")).isEqualTo(2);
    assertThat(MDC.get("tenant_id")).isNull();
  }

  private double counted(String result) {
    return metrics.registry().scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals("dorsal_queue_jobs_processed"))
        .flatMap(metric -> metric.getDataPoints().stream())
        .filter(
            point ->
                Map.of("queue", "import-requests", "result", result).entrySet().stream()
                    .allMatch(e -> e.getValue().equals(point.getLabels().get(e.getKey()))))
        .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
        .sum();
  }
}
