package io.dorsal.functions.operations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.operations.Build;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says that the process answers. Touches no dependency and asks for no login. Thread-safe. */
@Component
public class HealthFunctions {

  /** Always 200 with {@code status} and {@code version}. */
  @Described(answer = Object.class)
  @FunctionName("Health")
  public HttpResponseMessage health(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "health")
          HttpRequestMessage<Optional<String>> request) {
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("Content-Type", "application/json")
        .header("Cache-Control", "no-store")
        .body("{\"status\":\"healthy\",\"version\":\"" + Build.current().version() + "\"}")
        .build();
  }
}
