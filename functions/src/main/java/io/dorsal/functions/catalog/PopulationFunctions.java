package io.dorsal.functions.catalog;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.catalog.Card;
import io.dorsal.catalog.Cards;
import io.dorsal.catalog.PopulationState;
import io.dorsal.catalog.PopulationWanted;
import io.dorsal.catalog.Populations;
import io.dorsal.functions.http.CreatedOnce;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Populations over HTTP. Thread-safe. */
@Component
public class PopulationFunctions {

  static final String LOCATION = "/api/v1/populations/";

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final Populations populations;
  private final Cards cards;
  private final CreatedOnce once;
  private final StaleVersions stale;

  PopulationFunctions(
      Endpoint endpoint,
      Populations populations,
      Cards cards,
      CreatedOnce once,
      StaleVersions stale) {
    this.endpoint = endpoint;
    this.populations = populations;
    this.cards = cards;
    this.once = once;
    this.stale = stale;
  }

  /** 201; an administrator of the tenant decides, then the requester administers it. */
  @Described(
      status = 201,
      body = PopulationWanted.class,
      answer = CardAnswer.class,
      tagged = true,
      onceOnly = true,
      problems = {ErrorCode.NAME_TAKEN, ErrorCode.PERMISSION_DENIED})
  @FunctionName("RequestPopulation")
  public HttpResponseMessage request(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "populations",
        caller -> {
          var wanted = Requests.body(request, PopulationWanted.class);
          return once.reply(
              LOCATION,
              caller,
              Headers.idempotencyKey(request),
              request,
              "request",
              () -> CardAnswer.of(cards.get(caller, populations.request(caller, wanted).id())));
        });
  }

  /** The cards by name, filtered by state and a part of name, abbreviation, species or region. */
  @Described(
      answer = CardAnswer.class,
      page = true,
      most = MOST_ITEMS,
      query = {
        @Described.Param(name = "state", type = PopulationState.class),
        @Described.Param(name = "q")
      })
  @FunctionName("ListPopulations")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "populations",
        caller -> {
          Query query = Query.of(request, "populations").paged(MOST_ITEMS);
          var filter =
              new Cards.Filter(query.constant("state", PopulationState.class), query.text("q"));
          query.check();
          Cards.Place after = query.after().map(PopulationFunctions::place).orElse(null);
          List<Card> found = cards.page(caller, filter, after, query.limit() + 1);
          return Reply.ok(
              PageAnswer.of(found, query, each -> position(Cards.Place.of(each)))
                  .map(CardAnswer::of));
        });
  }

  /** The card, for its administrators with what they settle. */
  @Described(answer = PopulationAnswer.class, tagged = true)
  @FunctionName("GetPopulation")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}",
        caller -> {
          return shown(caller, Requests.id(id));
        });
  }

  /** A merge patch; null brings a default back, what is not in a list any more is retired. */
  @Described(
      body = PopulationWanted.class,
      answer = PopulationAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.NAME_TAKEN, ErrorCode.POPULATION_ARCHIVED, ErrorCode.STATE_CONFLICT})
  @FunctionName("ChangePopulation")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          var wanted = Requests.body(request, PopulationWanted.class);
          return stale.changed(
              request,
              caller,
              population,
              each -> shown(each, population),
              each -> populations.change(each, population, seen, wanted));
        });
  }

  private Reply shown(Caller caller, UUID id) {
    return PopulationAnswer.reply(cards.get(caller, id), populations.settings(caller, id));
  }

  private static String position(Cards.Place last) {
    return last.id() + " " + last.nameKey();
  }

  private static Cards.Place place(String position) {
    String[] parts = position.split(" ", 2);
    return new Cards.Place(parts[1], UUID.fromString(parts[0]));
  }
}
