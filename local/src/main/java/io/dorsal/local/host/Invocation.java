package io.dorsal.local.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.RpcException;
import com.microsoft.azure.functions.TraceContext;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function.
 *
 * @param payload what the trigger brought
 * @param metadata what {@code @BindingName} may ask for; a null value is known and absent
 * @param traceparent the W3C trace this call belongs to
 */
record Invocation(
    String id,
    Payload payload,
    Map<String, @Nullable Object> metadata,
    String traceparent,
    String tracestate) {

  /** What a trigger brings. */
  sealed interface Payload {
    record Http(HttpCall call) implements Payload {}

    record Message(Body body) implements Payload {}
  }

  static Invocation of(
      Payload payload, Map<String, @Nullable Object> metadata, @Nullable String traceparent) {
    return of(payload, metadata, traceparent, "");
  }

  static Invocation of(
      Payload payload,
      Map<String, @Nullable Object> metadata,
      @Nullable String traceparent,
      String tracestate) {
    return new Invocation(
        UUID.randomUUID().toString(),
        payload,
        metadata,
        TraceParent.childOf(traceparent),
        tracestate);
  }

  /** The context as the function sees it. */
  ExecutionContext context(String function) {
    return new Context(function, this);
  }

  private record Context(String function, Invocation invocation) implements ExecutionContext {
    @Override
    public Logger getLogger() {
      return Logger.getLogger("Function." + function + ".User");
    }

    @Override
    public String getInvocationId() {
      return invocation.id();
    }

    @Override
    public String getFunctionName() {
      return function;
    }

    @Override
    public TraceContext getTraceContext() {
      return new Trace(invocation.traceparent(), invocation.tracestate());
    }

    @Override
    public RetryContext getRetryContext() {
      return new NoRetry();
    }
  }

  private record Trace(String traceparent, String tracestate) implements TraceContext {
    @Override
    public String getTraceparent() {
      return traceparent;
    }

    @Override
    public String getTracestate() {
      return tracestate;
    }

    @Override
    public Map<String, String> getAttributes() {
      return Map.of();
    }
  }

  /** Retry policies are not offered: every call is the first. */
  private record NoRetry() implements RetryContext {
    @Override
    public int getRetrycount() {
      return 0;
    }

    @Override
    public int getMaxretrycount() {
      return 0;
    }

    @Override
    @SuppressWarnings("NullAway") // The API is unannotated; the worker too gives null here.
    public RpcException getException() {
      return null;
    }
  }
}
