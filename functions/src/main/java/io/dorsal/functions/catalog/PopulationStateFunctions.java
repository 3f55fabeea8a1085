package io.dorsal.functions.catalog;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.catalog.Cards;
import io.dorsal.catalog.PopulationTurns;
import io.dorsal.catalog.Populations;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What becomes of populations, over HTTP. Thread-safe. */
@Component
public class PopulationStateFunctions {

  private final Endpoint endpoint;
  private final PopulationTurns turns;
  private final Cards cards;
  private final Populations populations;
  private final StaleVersions stale;

  PopulationStateFunctions(
      Endpoint endpoint,
      PopulationTurns turns,
      Cards cards,
      Populations populations,
      StaleVersions stale) {
    this.endpoint = endpoint;
    this.turns = turns;
    this.cards = cards;
    this.populations = populations;
    this.stale = stale;
  }

  /** Why, for the requester and the record. */
  record PopulationRejection(@Nullable String reason) {}

  /** The name, typed to show that it is meant. */
  record PopulationDeletion(@Nullable String name) {}

  /** Makes it active, and its requester its first administrator. */
  @Described(
      answer = CardAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("ApprovePopulation")
  public HttpResponseMessage approve(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/approve")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/approve",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          return turned(request, caller, population, each -> turns.approve(each, population, seen));
        });
  }

  /** Refuses it; its name is free again. */
  @Described(
      body = PopulationRejection.class,
      answer = CardAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("RejectPopulation")
  public HttpResponseMessage reject(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/reject")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/reject",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          String reason = Requests.body(request, PopulationRejection.class).reason();
          return turned(
              request, caller, population, each -> turns.reject(each, population, seen, reason));
        });
  }

  /** Readable for its members from now on, and nothing changes. */
  @Described(
      answer = CardAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("ArchivePopulation")
  public HttpResponseMessage archive(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/archive")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/archive",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          return turned(request, caller, population, each -> turns.archive(each, population, seen));
        });
  }

  /** Takes it out of the archive. */
  @Described(
      answer = CardAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("RestorePopulation")
  public HttpResponseMessage restore(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/restore")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/restore",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          return turned(request, caller, population, each -> turns.restore(each, population, seen));
        });
  }

  /** 204; of an archived one, by its name. Memberships end; what names it keeps doing so. */
  @Described(
      status = 204,
      body = PopulationDeletion.class,
      ifMatch = true,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("DeletePopulation")
  public HttpResponseMessage delete(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "populations/{id}/delete")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "populations/{id}/delete",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID population = Requests.id(id);
          String typed = Requests.body(request, PopulationDeletion.class).name();
          return stale.guard(
              request,
              caller,
              population,
              each -> whole(each, population),
              each -> {
                turns.delete(each, population, seen, typed);
                return Reply.nothing();
              });
        });
  }

  private Reply turned(
      HttpRequestMessage<?> request, Caller caller, UUID population, Consumer<Caller> work) {
    return stale.guard(
        request,
        caller,
        population,
        each -> whole(each, population),
        each -> {
          work.accept(each);
          return shown(each, population);
        });
  }

  /** What who was overtaken is shown: more than the card that the action answers. */
  private Reply whole(Caller caller, UUID population) {
    return PopulationAnswer.reply(
        cards.get(caller, population), populations.settings(caller, population));
  }

  private Reply shown(Caller caller, UUID population) {
    var card = CardAnswer.of(cards.get(caller, population));
    return Reply.ok(card).withETag(card.version());
  }
}
