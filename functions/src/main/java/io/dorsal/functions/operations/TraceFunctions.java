package io.dorsal.functions.operations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.operations.Traces;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One action from the click to the store, found by its trace or request id. Thread-safe. */
@Component
public class TraceFunctions {

  private final Endpoint endpoint;
  private final Traces traces;

  TraceFunctions(Endpoint endpoint, Traces traces) {
    this.endpoint = endpoint;
    this.traces = traces;
  }

  /** The timeline of a trace: its hops in order, with parents, links, durations and codes. */
  @Described(answer = Traces.Timeline.class)
  @FunctionName("ReadTrace")
  public HttpResponseMessage trace(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/traces/{trace_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("trace_id") String traceId) {
    return endpoint.answer(
        request,
        "admin/traces/{trace_id}",
        caller -> Reply.ok(traces.timeline(caller, Requests.name(traceId))));
  }

  /** A request by the id that its answer carried. */
  @Described(answer = Traces.KeptRequest.class)
  @FunctionName("ReadRequest")
  public HttpResponseMessage request(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/requests/{request_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("request_id") String requestId) {
    return endpoint.answer(
        request,
        "admin/requests/{request_id}",
        caller -> Reply.ok(traces.request(caller, Requests.name(requestId))));
  }
}
