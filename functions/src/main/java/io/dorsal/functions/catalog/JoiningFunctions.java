package io.dorsal.functions.catalog;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.PopulationRole;
import io.dorsal.catalog.Cards;
import io.dorsal.catalog.Joining;
import io.dorsal.functions.http.CreatedOnce;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Coming to a population and leaving it, over HTTP. Thread-safe. */
@Component
public class JoiningFunctions {

  private final Endpoint endpoint;
  private final Joining joining;
  private final Cards cards;
  private final CreatedOnce once;

  JoiningFunctions(Endpoint endpoint, Joining joining, Cards cards, CreatedOnce once) {
    this.endpoint = endpoint;
    this.joining = joining;
    this.cards = cards;
    this.once = once;
  }

  /** What is said to those who decide. */
  record JoinWanted(@Nullable String message) {}

  /** 201 with the card: joins an open population, accepts an invitation, or asks. */
  @Described(
      status = 201,
      body = JoinWanted.class,
      answer = CardAnswer.class,
      tagged = true,
      onceOnly = true,
      problems = {
        ErrorCode.POPULATION_ARCHIVED,
        ErrorCode.PERMISSION_DENIED,
        ErrorCode.JOIN_REQUEST_PENDING,
        ErrorCode.STATE_CONFLICT
      })
  @FunctionName("JoinPopulation")
  public HttpResponseMessage join(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/join-requests")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/join-requests",
        caller -> {
          UUID population = Requests.id(id);
          String message = Requests.body(request, JoinWanted.class).message();
          return once.reply(
              PopulationFunctions.LOCATION,
              caller,
              Headers.idempotencyKey(request),
              request,
              "join/" + population,
              () -> {
                joining.join(caller, population, message);
                return CardAnswer.of(cards.get(caller, population));
              });
        });
  }

  /** 204; ends one's own membership or declines an invitation. */
  @Described(
      status = 204,
      problems = {
        ErrorCode.STATE_CONFLICT,
        ErrorCode.LAST_ADMINISTRATOR,
        ErrorCode.PERMISSION_DENIED
      })
  @FunctionName("LeavePopulation")
  public HttpResponseMessage leave(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/leave")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/leave",
        caller -> {
          joining.leave(caller, Requests.id(id));
          return Reply.nothing();
        });
  }

  /** Makes an administrator of the tenant one of the population, and tells those there are. */
  @Described(
      answer = CardAnswer.class,
      tagged = true,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("AddMyselfToPopulation")
  public HttpResponseMessage addMyself(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/add-myself")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/add-myself",
        caller -> {
          UUID population = Requests.id(id);
          joining.addMyself(caller, population);
          var now = caller.with(population, PopulationRole.ADMINISTRATOR);
          var card = CardAnswer.of(cards.get(now, population));
          return Reply.ok(card).withETag(card.version());
        });
  }
}
