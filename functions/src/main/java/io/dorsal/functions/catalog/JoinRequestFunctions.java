package io.dorsal.functions.catalog;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.catalog.JoinRequest;
import io.dorsal.catalog.JoinRequestState;
import io.dorsal.catalog.JoinRequests;
import io.dorsal.catalog.PeopleLists;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Requests to join over HTTP. Thread-safe. */
@Component
public class JoinRequestFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final JoinRequests requests;
  private final PeopleLists people;
  private final StaleVersions stale;

  JoinRequestFunctions(
      Endpoint endpoint, JoinRequests requests, PeopleLists people, StaleVersions stale) {
    this.endpoint = endpoint;
    this.requests = requests;
    this.people = people;
    this.stale = stale;
  }

  /** As what the person comes; VIEWER where nothing is said. */
  record JoinApproval(@Nullable String role) {}

  /** Why, for the person and the record. */
  record JoinRejection(@Nullable String reason) {}

  /** The oldest first; those that wait unless another state is asked for. */
  @Described(
      answer = JoinRequestAnswer.class,
      page = true,
      most = MOST_ITEMS,
      query = {@Described.Param(name = "state", type = JoinRequestState.class)})
  @FunctionName("ListJoinRequests")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/join-requests")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/join-requests",
        caller -> {
          UUID population = Requests.id(id);
          Query query = Query.of(request, "join-requests/" + population).paged(MOST_ITEMS);
          JoinRequestState given = query.constant("state", JoinRequestState.class);
          query.check();
          JoinRequestState state = given == null ? JoinRequestState.PENDING : given;
          var after = query.after().map(JoinRequestFunctions::place).orElse(null);
          var found = people.requests(caller, population, state, after, query.limit() + 1);
          return Reply.ok(
              PageAnswer.of(found, query, each -> position(each.request()))
                  .map(JoinRequestAnswer::of));
        });
  }

  /** Lets the person in. */
  @Described(
      body = JoinApproval.class,
      answer = JoinRequestAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.POPULATION_ARCHIVED, ErrorCode.STATE_CONFLICT})
  @FunctionName("ApproveJoinRequest")
  public HttpResponseMessage approve(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/join-requests/{request_id}/approve")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("request_id") String requestId) {
    return endpoint.answer(
        request,
        "populations/{id}/join-requests/{request_id}/approve",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          UUID wanted = Requests.id(requestId);
          String role = Requests.body(request, JoinApproval.class).role();
          return stale.changed(
              request,
              caller,
              wanted,
              each -> shown(each, population, wanted),
              each -> requests.approve(each, population, wanted, seen, role));
        });
  }

  /** Does not let the person in, who may ask again. */
  @Described(
      body = JoinRejection.class,
      answer = JoinRequestAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.POPULATION_ARCHIVED, ErrorCode.STATE_CONFLICT})
  @FunctionName("RejectJoinRequest")
  public HttpResponseMessage reject(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/join-requests/{request_id}/reject")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("request_id") String requestId) {
    return endpoint.answer(
        request,
        "populations/{id}/join-requests/{request_id}/reject",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          UUID wanted = Requests.id(requestId);
          String reason = Requests.body(request, JoinRejection.class).reason();
          return stale.changed(
              request,
              caller,
              wanted,
              each -> shown(each, population, wanted),
              each -> requests.reject(each, population, wanted, seen, reason));
        });
  }

  /** 204; takes one's own request back. */
  @Described(
      status = 204,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("WithdrawJoinRequest")
  public HttpResponseMessage withdraw(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/join-requests/{request_id}/withdraw")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("request_id") String requestId) {
    return endpoint.answer(
        request,
        "populations/{id}/join-requests/{request_id}/withdraw",
        caller -> {
          requests.withdraw(caller, Requests.id(id), Requests.id(requestId));
          return Reply.nothing();
        });
  }

  private Reply shown(Caller caller, UUID population, UUID id) {
    var answer = JoinRequestAnswer.of(people.request(caller, population, id));
    return Reply.ok(answer).withETag(answer.version());
  }

  private static String position(JoinRequest last) {
    return last.requestedAt() + " " + last.id();
  }

  private static PeopleLists.RequestPlace place(String position) {
    String[] parts = position.split(" ", 2);
    return new PeopleLists.RequestPlace(Instant.parse(parts[0]), UUID.fromString(parts[1]));
  }
}
