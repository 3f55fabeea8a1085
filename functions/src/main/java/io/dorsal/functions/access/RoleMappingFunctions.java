package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.accounts.RoleMappings;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Members;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.problem.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Which groups of the identity provider stand for which role, over HTTP. Thread-safe. */
@Component
public class RoleMappingFunctions {

  private final Endpoint endpoint;
  private final RoleMappings mappings;

  RoleMappingFunctions(Endpoint endpoint, RoleMappings mappings) {
    this.endpoint = endpoint;
    this.mappings = mappings;
  }

  /** The whole list. */
  record Wanted(@Nullable JsonNode roleMappings) {}

  /** One of it. */
  record Entry(@Nullable String group, @Nullable String role, @Nullable UUID populationId) {}

  /** What is answered. */
  record Answer(List<RoleMappings.Mapping> roleMappings) {}

  /** All of them. */
  @FunctionName("ListRoleMappings")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/role-mappings")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/role-mappings",
        caller -> {
          var found = mappings.get(caller);
          return Reply.ok(new Answer(found.all())).withETag(found.version());
        });
  }

  /** Replaces them all. */
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
          var wanted = entries(Requests.body(request, Wanted.class).roleMappings());
          var saved = mappings.replace(caller, seen, wanted);
          return Reply.ok(new Answer(saved.all())).withETag(saved.version());
        });
  }

  private static List<RoleMappings.Mapping> entries(@Nullable JsonNode list) {
    if (list == null || !list.isArray()) {
      new Validation()
          .reject("role_mappings", "WRONG_TYPE", "role_mappings must be a list.")
          .orThrow();
      return List.of();
    }
    List<RoleMappings.Mapping> entries = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Entry entry = Members.bind(list.get(i), Entry.class, "/role_mappings/" + i, false);
      entries.add(
          new RoleMappings.Mapping(
              entry.group() == null ? "" : entry.group(),
              entry.role() == null ? "" : entry.role(),
              entry.populationId()));
    }
    return entries;
  }
}
