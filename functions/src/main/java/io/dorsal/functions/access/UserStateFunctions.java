package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.accounts.Users;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Letting people in and keeping them out over HTTP, and what they may do. Thread-safe. */
@Component
public class UserStateFunctions {

  private final Endpoint endpoint;
  private final Users users;

  UserStateFunctions(Endpoint endpoint, Users users) {
    this.endpoint = endpoint;
    this.users = users;
  }

  /** Why, for the record. */
  record Why(@Nullable String reason) {}

  /** All roles in the tenant that a person shall have given. */
  record WantedRoles(@Nullable List<String> roles) {}

  /** Lets the user in again; a second time changes nothing. */
  @FunctionName("ActivateUser")
  public HttpResponseMessage activate(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users/{id}/activate")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/users/{id}/activate",
        caller -> {
          Users.Member now = users.activate(caller, Requests.id(id), reason(request));
          // The provider may suspend the user again.
          List<String> warnings =
              now.user().standing().identityDisabled()
                  ? List.of("IDENTITY_STILL_DISABLED")
                  : List.of();
          return Reply.ok(UserAnswer.of(now, warnings)).withETag(now.user().version());
        });
  }

  /** Keeps the user out, everywhere within five seconds; a second time changes nothing. */
  @FunctionName("DeactivateUser")
  public HttpResponseMessage deactivate(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users/{id}/deactivate")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/users/{id}/deactivate",
        caller -> {
          Users.Member now = users.deactivate(caller, Requests.id(id), reason(request));
          return Reply.ok(UserAnswer.of(now)).withETag(now.user().version());
        });
  }

  /** Replaces the roles that people gave the user; those by a group stay. */
  @FunctionName("GrantRoles")
  public HttpResponseMessage grant(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PUT},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users/{id}/roles")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/users/{id}/roles",
        caller -> {
          int seen = Headers.ifMatch(request);
          List<String> roles = Requests.body(request, WantedRoles.class).roles();
          Users.Member now = users.grant(caller, Requests.id(id), seen, roles);
          return Reply.ok(UserAnswer.of(now)).withETag(now.user().version());
        });
  }

  private static @Nullable String reason(HttpRequestMessage<Optional<String>> request) {
    return request.getBody().filter(body -> !body.isBlank()).isEmpty()
        ? null
        : Requests.body(request, Why.class).reason();
  }
}
