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
import io.dorsal.work.SystemHealth;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How Dorsal does, for people. Thread-safe. */
@Component
public class AdminHealthFunctions {

  private final Endpoint endpoint;
  private final SystemHealth health;

  AdminHealthFunctions(Endpoint endpoint, SystemHealth health) {
    this.endpoint = endpoint;
    this.health = health;
  }

  /** Checks with latency and last error, queues, instances. */
  @Described(answer = SystemHealth.Report.class)
  @FunctionName("GetAdminHealth")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/health")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(request, "admin/health", caller -> Reply.ok(health.of(caller)));
  }
}
