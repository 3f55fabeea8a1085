package io.dorsal.connections;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.dorsal.operations.TraceContext;
import reactor.core.publisher.Mono;

/**
 * Names the trace to the store: {@code <trace_id>-<span_id>} as client request id of every request.
 *
 * @param value the header's value
 */
record TracedRequests(String value) implements HttpPipelinePolicy {

  private static final HttpHeaderName REQUEST_ID =
      HttpHeaderName.fromString("x-ms-client-request-id");

  static TracedRequests of(TraceContext trace) {
    return new TracedRequests(trace.traceId() + "-" + trace.spanId());
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    context.getHttpRequest().setHeader(REQUEST_ID, value);
    return next.process();
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    context.getHttpRequest().setHeader(REQUEST_ID, value);
    return next.processSync();
  }

  /** Before the request is signed with an account's key: the signature covers this header. */
  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }
}
