package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceContextTests {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void goesOnWithTheCallersTraceInASpanOfItsOwn() {
    TraceContext mine = TraceContext.continueFrom("00-" + TRACE + "-" + SPAN + "-01");
    assertThat(mine.traceId()).isEqualTo(TRACE);
    assertThat(mine.spanId()).matches("[0-9a-f]{16}").isNotEqualTo(SPAN);
    assertThat(mine.traceparent()).isEqualTo("00-" + TRACE + "-" + mine.spanId() + "-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cc-" + TRACE + "-" + SPAN + "-00", "01-" + TRACE + "-" + SPAN + "-09-x"})
  void understandsLaterVersions(String header) {
    assertThat(TraceContext.continueFrom(header).traceId()).isEqualTo(TRACE);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "garbage",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-01-extra",
        "00-" + TRACE + "-" + SPAN + "-011",
        "01-" + TRACE + "-" + SPAN + "-01extra",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
      })
  void beginsAnewWhereTheHeaderIsNone(@Nullable String header) {
    TraceContext fresh = TraceContext.continueFrom(header);
    assertThat(fresh.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    assertThat(fresh.traceId()).isNotEqualTo(TraceContext.start().traceId());
  }

  @Test
  void marksLogLinesUntilClosedAndGivesBackWhatWasThere() {
    var outer = TraceContext.start();
    var inner = TraceContext.start();
    try (var _ = outer.open()) {
      assertThat(TraceContext.current()).isEqualTo(outer);
      try (var _ = inner.open()) {
        assertThat(TraceContext.current()).isEqualTo(inner);
      }
      assertThat(TraceContext.current()).isEqualTo(outer);
    }
    assertThat(MDC.get("trace_id")).isNull();
    assertThat(MDC.get("span_id")).isNull();
    assertThat(TraceContext.current()).isNotEqualTo(outer);
  }
}
