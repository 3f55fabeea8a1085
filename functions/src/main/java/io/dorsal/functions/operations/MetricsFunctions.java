package io.dorsal.functions.operations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.operations.Exposition;
import io.dorsal.operations.MetricsDoor;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The metrics of this instance, for who has the token. Thread-safe. */
@Component
public class MetricsFunctions {

  private final Endpoint endpoint;
  private final MetricsDoor door;
  private final Exposition exposition;

  MetricsFunctions(Endpoint endpoint, MetricsDoor door, Exposition exposition) {
    this.endpoint = endpoint;
    this.door = door;
    this.exposition = exposition;
  }

  /** Prometheus' text form. */
  @Described(
      type = "text/plain",
      problems = {ErrorCode.NOT_FOUND, ErrorCode.AUTH_TOKEN_MISSING, ErrorCode.AUTH_TOKEN_INVALID})
  @FunctionName("Metrics")
  public HttpResponseMessage metrics(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "metrics")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answerUnsigned(
        request,
        "metrics",
        () -> {
          door.require(Headers.of(request, "Authorization").orElse(null));
          return Reply.text(Exposition.CONTENT_TYPE, exposition.text());
        });
  }
}
