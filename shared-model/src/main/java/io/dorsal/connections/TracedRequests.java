package io.dorsal.connections;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.dorsal.operations.BlobTally;
import io.dorsal.operations.Spans;
import io.dorsal.operations.TraceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Names the trace to the store and counts what it answers: every request is a span of its own, told
 * as {@code <trace_id>-<span_id>} in the client request id. Thread-safe.
 */
final class TracedRequests implements HttpPipelinePolicy {

  private static final HttpHeaderName CLIENT_ID =
      HttpHeaderName.fromString("x-ms-client-request-id");
  private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");

  private final TraceContext hop;
  private final UUID tenant;

  private TracedRequests(TraceContext hop, UUID tenant) {
    this.hop = hop;
    this.tenant = tenant;
  }

  /** For requests made in this hop. */
  static TracedRequests of(TraceContext hop, UUID tenant) {
    return new TracedRequests(hop, tenant);
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    Call call = begin(context.getHttpRequest());
    return next.process().doOnSuccess(call::answered).doOnError(failure -> call.silent());
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    Call call = begin(context.getHttpRequest());
    try {
      HttpResponse answer = next.processSync();
      call.answered(answer);
      return answer;
    } catch (RuntimeException e) {
      call.silent();
      throw e;
    }
  }

  /** Before the request is signed with an account's key: the signature covers this header. */
  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }

  private Call begin(HttpRequest request) {
    var call = new Call(hop.child(), name(request), request.getUrl().getHost());
    request.setHeader(CLIENT_ID, call.span.traceId() + "-" + call.span.spanId());
    return call;
  }

  /** The method and what it asks for; no name of a file. */
  private static String name(HttpRequest request) {
    String query = String.valueOf(request.getUrl().getQuery());
    for (String part : query.split("&", -1)) {
      if (part.startsWith("comp=")) {
        return request.getHttpMethod() + " " + part.substring("comp=".length());
      }
    }
    return request.getHttpMethod() + " blob";
  }

  private final class Call {

    private final TraceContext span;
    private final String name;
    private final String store;
    private final Instant startedAt = Clock.systemUTC().instant();
    private final long begin = System.nanoTime();

    private Call(TraceContext span, String name, String store) {
      this.span = span;
      this.name = name;
      this.store = store;
    }

    private void answered(@Nullable HttpResponse answer) {
      if (answer == null) {
        silent();
        return;
      }
      int status = answer.getStatusCode();
      count(
          status,
          status < 400 ? null : code(answer, status),
          answer.getHeaders().getValue(REQUEST_ID));
    }

    private static String code(HttpResponse answer, int status) {
      String code = answer.getHeaders().getValue(ERROR_CODE);
      return code == null ? "HTTP_" + status : code;
    }

    private void silent() {
      count(0, "NO_ANSWER", null);
    }

    private void count(int status, @Nullable String code, @Nullable String upstream) {
      long millis = (System.nanoTime() - begin) / 1_000_000;
      BlobTally tally = Spans.tally(hop, tenant);
      tally.asked(span, name, store, startedAt, millis, status, code, upstream);
    }
  }
}
