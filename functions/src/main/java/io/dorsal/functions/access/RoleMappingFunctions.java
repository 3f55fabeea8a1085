package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.accounts.RoleMappings;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which groups of the identity provider stand for which role, over HTTP. Thread-safe. */
@Component
public class RoleMappingFunctions {

  private final Endpoint endpoint;
  private final RoleMappings mappings;
  private final StaleVersions stale;

  RoleMappingFunctions(Endpoint endpoint, RoleMappings mappings, StaleVersions stale) {
    this.endpoint = endpoint;
    this.mappings = mappings;
    this.stale = stale;
  }

  /** The whole list. */
  record RoleMappingsRequest(@Nullable List<RoleMappingRequest> roleMappings) {}

  /** One of it. */
  record RoleMappingRequest(
      @Nullable String group, @Nullable String role, @Nullable UUID populationId) {}

  /** What is answered. */
  record RoleMappingsAnswer(List<RoleMappings.Mapping> roleMappings) {

    static Reply of(RoleMappings.Mappings found) {
      return Reply.ok(new RoleMappingsAnswer(found.all())).withETag(found.version());
    }
  }

  /** All of them. */
  @Described(answer = RoleMappingsAnswer.class, tagged = true)
  @FunctionName("ListRoleMappings")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/role-mappings")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request, "admin/role-mappings", caller -> RoleMappingsAnswer.of(mappings.get(caller)));
  }

  /** Replaces them all. */
  @Described(
      body = RoleMappingsRequest.class,
      answer = RoleMappingsAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = ErrorCode.LAST_ADMINISTRATOR)
  @FunctionName("ReplaceRoleMappings")
  public HttpResponseMessage replace(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PUT},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/role-mappings")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/role-mappings",
        caller -> {
          int seen = Headers.ifMatch(request);
          var wanted = wanted(Requests.body(request, RoleMappingsRequest.class));
          return stale.guard(
              request,
              caller,
              caller.tenantId(),
              each -> RoleMappingsAnswer.of(mappings.get(each)),
              each -> RoleMappingsAnswer.of(mappings.replace(each, seen, wanted)));
        });
  }

  private static @Nullable List<RoleMappings.Mapping> wanted(RoleMappingsRequest request) {
    return request.roleMappings() == null
        ? null
        : request.roleMappings().stream()
            .map(
                each ->
                    new RoleMappings.Mapping(
                        Objects.requireNonNullElse(each.group(), ""),
                        Objects.requireNonNullElse(each.role(), ""),
                        each.populationId()))
            .toList();
  }
}
