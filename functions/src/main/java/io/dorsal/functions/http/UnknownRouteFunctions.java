package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.springframework.stereotype.Component;

/**
 * Answers what no other function does: the functions host itself says 404 with an empty body, which
 * tells nobody anything. Thread-safe.
 */
@Component
public class UnknownRouteFunctions {

  private final Endpoint endpoint;

  UnknownRouteFunctions(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** 405 with Allow where the path is known, else 404. */
  @FunctionName("UnknownRoute")
  public HttpResponseMessage refuse(
      @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS, route = "{*path}")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.refuse(request, () -> refusal(request.getUri().getPath()));
  }

  private static ProblemException refusal(String path) {
    String below = path.replaceFirst("^/api/v1/", "").replaceFirst("/$", "");
    SortedSet<String> offered = Permissions.methods(below);
    return offered.isEmpty()
        ? new ProblemException(GeneralProblem.NOT_FOUND, "There is no such route.")
        : new ProblemException(
            GeneralProblem.METHOD_NOT_ALLOWED,
            "This route takes " + String.join(", ", offered) + ".",
            Map.of("allow", List.copyOf(offered)));
  }
}
