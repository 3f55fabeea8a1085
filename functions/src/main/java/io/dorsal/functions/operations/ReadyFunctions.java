package io.dorsal.functions.operations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Reply;
import io.dorsal.operations.Readiness;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says whether the process can do its work. Asks for no login. Thread-safe. */
@Component
public class ReadyFunctions {

  private final Endpoint endpoint;
  private final Readiness readiness;

  ReadyFunctions(Endpoint endpoint, Readiness readiness) {
    this.endpoint = endpoint;
    this.readiness = readiness;
  }

  /** 200, or 503 where the instance must get no requests; which of its needs is away. */
  @Described(answer = Readiness.State.class, alike = 503)
  @FunctionName("Ready")
  public HttpResponseMessage ready(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "ready")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answerUnsigned(
        request,
        "ready",
        () -> {
          Readiness.State state = readiness.now();
          return new Reply(state.httpStatus(), state, Map.of());
        });
  }
}
