package io.dorsal.functions.catalog;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.catalog.MemberState;
import io.dorsal.catalog.Members;
import io.dorsal.catalog.PeopleLists;
import io.dorsal.functions.http.CreatedOnce;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The people of populations over HTTP, for their administrators. Thread-safe. */
@Component
public class MemberFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final Members members;
  private final PeopleLists people;
  private final CreatedOnce once;

  MemberFunctions(Endpoint endpoint, Members members, PeopleLists people, CreatedOnce once) {
    this.endpoint = endpoint;
    this.members = members;
    this.people = people;
    this.once = once;
  }

  /**
   * Those who belong to it, are invited, or wait for being confirmed; removed ones by their state.
   */
  @Described(
      answer = MemberAnswer.class,
      page = true,
      most = MOST_ITEMS,
      query = {
        @Described.Param(name = "state", type = MemberState.class),
        @Described.Param(name = "role", type = PopulationRole.class)
      })
  @FunctionName("ListMembers")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/members")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/members",
        caller -> {
          UUID population = Requests.id(id);
          Query query = Query.of(request, "members/" + population).paged(MOST_ITEMS);
          MemberState state = query.constant("state", MemberState.class);
          PopulationRole role = query.constant("role", PopulationRole.class);
          query.check();
          UUID after = query.after().map(UUID::fromString).orElse(null);
          var found = people.members(caller, population, state, role, after, query.limit() + 1);
          return Reply.ok(
              PageAnswer.of(found, query, each -> each.member().userId().toString())
                  .map(MemberAnswer::of));
        });
  }

  /** 201; the person, known by the address, accepts by joining, and is confirmed then. */
  @Described(
      status = 201,
      body = Members.Invitation.class,
      answer = MemberAnswer.class,
      tagged = true,
      onceOnly = true,
      problems = {
        ErrorCode.POPULATION_ARCHIVED,
        ErrorCode.STATE_CONFLICT,
        ErrorCode.JOIN_REQUEST_PENDING
      })
  @FunctionName("InviteMember")
  public HttpResponseMessage invite(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/members")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/members",
        caller -> {
          UUID population = Requests.id(id);
          var wanted = Requests.body(request, Members.Invitation.class);
          return once.reply(
              PopulationFunctions.LOCATION + population + "/members/",
              caller,
              Headers.idempotencyKey(request),
              request,
              "invite",
              () -> member(caller, population, members.invite(caller, population, wanted)));
        });
  }

  /** One membership. */
  @Described(answer = MemberAnswer.class, tagged = true)
  @FunctionName("GetMember")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/members/{user_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("user_id") String userId) {
    return endpoint.answer(
        request,
        "populations/{id}/members/{user_id}",
        caller -> {
          return shown(member(caller, Requests.id(id), Requests.id(userId)));
        });
  }

  private MemberAnswer member(Caller caller, UUID population, UUID user) {
    return MemberAnswer.of(people.member(caller, population, user));
  }

  private static Reply shown(MemberAnswer member) {
    return Reply.ok(member).withETag(member.version());
  }
}
