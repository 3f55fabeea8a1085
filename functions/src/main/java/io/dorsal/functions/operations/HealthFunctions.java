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
import io.dorsal.operations.Build;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says that the process answers. Touches no dependency and asks for no login. Thread-safe. */
@Component
public class HealthFunctions {

  private final Endpoint endpoint;

  HealthFunctions(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * That the process answers.
   *
   * @param status always {@code healthy}
   */
  record Health(String status, String version) {}

  /** Always 200. */
  @Described(answer = Health.class)
  @FunctionName("Health")
  public HttpResponseMessage health(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "health")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answerUnsigned(
        request, "health", () -> Reply.ok(new Health("healthy", Build.current().version())));
  }
}
