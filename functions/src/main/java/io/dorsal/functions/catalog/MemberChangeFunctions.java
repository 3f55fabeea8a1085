package io.dorsal.functions.catalog;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.catalog.Members;
import io.dorsal.catalog.PeopleLists;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What becomes of memberships, over HTTP. Thread-safe. */
@Component
public class MemberChangeFunctions {

  private final Endpoint endpoint;
  private final Members members;
  private final PeopleLists people;
  private final StaleVersions stale;

  MemberChangeFunctions(
      Endpoint endpoint, Members members, PeopleLists people, StaleVersions stale) {
    this.endpoint = endpoint;
    this.members = members;
    this.people = people;
    this.stale = stale;
  }

  /** The role that somebody shall have. */
  record MemberRole(@Nullable String role) {}

  /** Another role, none above one's own. */
  @Described(
      body = MemberRole.class,
      answer = MemberAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {
        ErrorCode.POPULATION_ARCHIVED,
        ErrorCode.STATE_CONFLICT,
        ErrorCode.LAST_ADMINISTRATOR
      })
  @FunctionName("ChangeMember")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/members/{user_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("user_id") String userId) {
    return endpoint.answer(
        request,
        "populations/{id}/members/{user_id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          UUID user = Requests.id(userId);
          String role = Requests.body(request, MemberRole.class).role();
          return stale.guard(
              request,
              caller,
              user,
              each -> shown(member(each, population, user)),
              each ->
                  shown(
                      member(
                          each, population, members.giveRole(each, population, user, seen, role))));
        });
  }

  /** Lets in who accepted an invitation. */
  @Described(
      answer = MemberAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.POPULATION_ARCHIVED, ErrorCode.STATE_CONFLICT})
  @FunctionName("ConfirmMember")
  public HttpResponseMessage confirm(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/members/{user_id}/confirm")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("user_id") String userId) {
    return endpoint.answer(
        request,
        "populations/{id}/members/{user_id}/confirm",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          UUID user = Requests.id(userId);
          return stale.guard(
              request,
              caller,
              user,
              each -> shown(member(each, population, user)),
              each ->
                  shown(member(each, population, members.confirm(each, population, user, seen))));
        });
  }

  /** 204; the account and what it made stay. */
  @Described(
      status = 204,
      ifMatch = true,
      problems = {
        ErrorCode.POPULATION_ARCHIVED,
        ErrorCode.STATE_CONFLICT,
        ErrorCode.LAST_ADMINISTRATOR
      })
  @FunctionName("RemoveMember")
  public HttpResponseMessage remove(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/members/{user_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("user_id") String userId) {
    return endpoint.answer(
        request,
        "populations/{id}/members/{user_id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          UUID user = Requests.id(userId);
          return stale.guard(
              request,
              caller,
              user,
              each -> shown(member(each, population, user)),
              each -> {
                members.remove(each, population, user, seen);
                return Reply.nothing();
              });
        });
  }

  private MemberAnswer member(Caller caller, UUID population, UUID user) {
    return MemberAnswer.of(people.member(caller, population, user));
  }

  private static Reply shown(MemberAnswer member) {
    return Reply.ok(member).withETag(member.version());
  }
}
