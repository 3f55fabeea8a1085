package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.accounts.UserMerge;
import io.dorsal.accounts.Users;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Letting people in and keeping them out over HTTP, and what they may do. Thread-safe. */
@Component
public class UserStateFunctions {

  private final Endpoint endpoint;
  private final Users users;
  private final UserMerge merge;
  private final StaleVersions stale;

  UserStateFunctions(Endpoint endpoint, Users users, UserMerge merge, StaleVersions stale) {
    this.endpoint = endpoint;
    this.users = users;
    this.merge = merge;
    this.stale = stale;
  }

  /** Why, for the record. */
  record UserStateRequest(@Nullable String reason) {}

  /** The invitation that is taken over. */
  record UserMergeRequest(@Nullable UUID userId) {}

  /** All roles in the tenant that a person shall have given. */
  record UserRolesRequest(@Nullable List<String> roles) {}

  /** Lets the user in again; a second time changes nothing. */
  @Described(
      body = UserStateRequest.class,
      answer = UserAnswer.class,
      tagged = true,
      problems = ErrorCode.STATE_CONFLICT)
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
          String reason = Requests.body(request, UserStateRequest.class).reason();
          Users.Member now = users.activate(caller, Requests.id(id), reason);
          // The provider may suspend the user again.
          List<String> warnings =
              now.user().standing().identityDisabled()
                  ? List.of("IDENTITY_STILL_DISABLED")
                  : List.of();
          return Reply.ok(UserAnswer.of(now, warnings)).withETag(now.user().version());
        });
  }

  /** Keeps the user out, everywhere within five seconds; a second time changes nothing. */
  @Described(
      body = UserStateRequest.class,
      answer = UserAnswer.class,
      tagged = true,
      problems = {ErrorCode.LAST_ADMINISTRATOR, ErrorCode.STATE_CONFLICT})
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
          String reason = Requests.body(request, UserStateRequest.class).reason();
          return UserAnswer.reply(users.deactivate(caller, Requests.id(id), reason));
        });
  }

  /** Gives the user what an invitation was given, which is gone then. */
  @Described(
      body = UserMergeRequest.class,
      answer = UserAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = ErrorCode.STATE_CONFLICT)
  @FunctionName("MergeUser")
  public HttpResponseMessage merge(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users/{id}/merge")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/users/{id}/merge",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID invited = Requests.body(request, UserMergeRequest.class).userId();
          UUID user = Requests.id(id);
          return stale.guard(
              request,
              caller,
              user,
              each -> UserAnswer.reply(users.get(each, user)),
              each -> UserAnswer.reply(merge.merge(each, user, seen, invited)));
        });
  }

  /** Replaces the roles that people gave the user; those by a group stay. */
  @Described(
      body = UserRolesRequest.class,
      answer = UserAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.LAST_ADMINISTRATOR, ErrorCode.STATE_CONFLICT})
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
          List<String> roles = Requests.body(request, UserRolesRequest.class).roles();
          UUID user = Requests.id(id);
          return stale.guard(
              request,
              caller,
              user,
              each -> UserAnswer.reply(users.get(each, user)),
              each -> UserAnswer.reply(users.grant(each, user, seen, roles)));
        });
  }
}
