package io.dorsal.jobs.intake;

import io.dorsal.operations.BlobTally;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Span;
import io.dorsal.operations.Spans;
import io.dorsal.operations.TraceContext;
import io.dorsal.sources.SourceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * The hop that one execution of a step is, with its chunks. Its id is known before it runs, so that
 * a source opened for it names it to the store. For one execution.
 */
public final class StepSpan<I, O> implements StepExecutionListener, ChunkListener<I, O> {

  private final String name;
  private final UUID tenant;
  private final TraceContext context = TraceContext.current().child();
  private @Nullable Span span;
  private TraceContext.@Nullable Scope scope;
  private Instant chunkAt = Instant.EPOCH;

  public StepSpan(String name, UUID tenant) {
    this.name = name;
    this.tenant = tenant;
  }

  /** What requests to the store made by this step are below of. */
  public TraceContext context() {
    return context;
  }

  @Override
  public void beforeStep(StepExecution step) {
    span = Span.of(Kept.Kind.STEP, name, tenant, context, TraceContext.current().spanId()).begun();
    scope = context.open();
    chunkAt = Instant.now();
  }

  @Override
  public ExitStatus afterStep(StepExecution step) {
    if (span != null && scope != null) {
      span.with("read", step.getReadCount()).with("written", step.getWriteCount());
      step.getFailureExceptions().stream().findFirst().ifPresent(this::failed);
      scope.close();
      span.close();
    }
    return step.getExitStatus();
  }

  private void failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SourceException refused) {
        String code = refused.problem() == null ? refused.kind().name() : refused.problem().name();
        span(code, refused.upstreamRequestId());
        return;
      }
      if (cause instanceof WorkStoppedException) {
        return;
      }
    }
    span("INTERNAL_ERROR", null);
  }

  private void span(String code, @Nullable String upstream) {
    if (span != null) {
      span.failed(code, upstream);
    }
  }

  @Override
  public void afterChunk(Chunk<O> chunk) {
    BlobTally tally = Spans.tallyOf(context);
    if (tally != null) {
      tally.flush();
    }
    Instant now = Instant.now();
    Spans.keep(
        new Kept.Hop(
            tenant,
            context.traceId(),
            context.child().spanId(),
            context.spanId(),
            Kept.Kind.CHUNK,
            name,
            chunkAt.truncatedTo(ChronoUnit.MICROS),
            now.toEpochMilli() - chunkAt.toEpochMilli(),
            Kept.State.OK,
            null,
            null,
            null,
            List.of(),
            Map.of("items", chunk.size())));
    chunkAt = now;
  }
}
