package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.TenantRole;
import io.dorsal.accounts.User;
import io.dorsal.accounts.UserList;
import io.dorsal.accounts.UserStatus;
import io.dorsal.accounts.Users;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tenant's people over HTTP. Thread-safe. */
@Component
public class UserFunctions {

  private static final String LOCATION = "/api/v1/admin/users/";
  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final Users users;
  private final UserList list;
  private final StaleVersions stale;

  UserFunctions(Endpoint endpoint, Users users, UserList list, StaleVersions stale) {
    this.endpoint = endpoint;
    this.users = users;
    this.list = list;
    this.stale = stale;
  }

  /** What an invitation says, and what may be changed of a user. */
  record UserRequest(@Nullable String email, @Nullable String displayName) {}

  /** Newest first, filtered by status, role, and a part of address or name. */
  @Described(
      answer = UserAnswer.class,
      page = true,
      most = MOST_ITEMS,
      query = {
        @Described.Param(name = "status", type = UserStatus.class),
        @Described.Param(name = "role", type = TenantRole.class),
        @Described.Param(name = "q")
      })
  @FunctionName("ListUsers")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/users",
        caller -> {
          Query query = Query.of(request, "admin/users").paged(MOST_ITEMS);
          var filter =
              new UserList.Filter(
                  query.constant("status", UserStatus.class),
                  query.constant("role", TenantRole.class),
                  query.text("q"));
          query.check();
          UserList.Place after = query.after().map(UserFunctions::place).orElse(null);
          List<Users.Member> found = list.page(caller, filter, after, query.limit() + 1);
          return Reply.ok(
              PageAnswer.of(found, query, each -> position(each.user())).map(UserAnswer::of));
        });
  }

  /** 201; the user is PENDING until somebody with this address, vouched for, signs in. */
  @Described(
      status = 201,
      body = UserRequest.class,
      answer = UserAnswer.class,
      tagged = true,
      problems = ErrorCode.NAME_TAKEN)
  @FunctionName("InviteUser")
  public HttpResponseMessage invite(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/users",
        caller -> {
          var wanted = Requests.body(request, UserRequest.class);
          Users.Member made = users.invite(caller, wanted.email(), wanted.displayName());
          return Reply.created(UserAnswer.of(made), LOCATION + made.user().id())
              .withETag(made.user().version());
        });
  }

  /** One user. */
  @Described(answer = UserAnswer.class, tagged = true)
  @FunctionName("GetUser")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/users/{id}",
        caller -> UserAnswer.reply(users.get(caller, Requests.id(id))));
  }

  /** Changes the name and, before the first sign-in, the address. */
  @Described(
      body = UserRequest.class,
      answer = UserAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.NAME_TAKEN, ErrorCode.STATE_CONFLICT})
  @FunctionName("ChangeUser")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/users/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          var wanted = Requests.body(request, UserRequest.class);
          UUID user = Requests.id(id);
          return stale.guard(
              request,
              caller,
              user,
              each -> UserAnswer.reply(users.get(each, user)),
              each ->
                  UserAnswer.reply(
                      users.change(each, user, seen, wanted.email(), wanted.displayName())));
        });
  }

  /** 204; only who is deactivated is deleted, and erased 30 days later. */
  @Described(status = 204, ifMatch = true, problems = ErrorCode.STATE_CONFLICT)
  @FunctionName("DeleteUser")
  public HttpResponseMessage delete(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/users/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/users/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID user = Requests.id(id);
          return stale.guard(
              request,
              caller,
              user,
              each -> UserAnswer.reply(users.get(each, user)),
              each -> {
                users.delete(each, user, seen);
                return Reply.nothing();
              });
        });
  }

  private static String position(User last) {
    return last.createdAt() + " " + last.id();
  }

  private static UserList.Place place(String position) {
    String[] parts = position.split(" ", 2);
    return new UserList.Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
  }
}
