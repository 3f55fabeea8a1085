package io.dorsal.functions.webhooks;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.ErrorCode;
import io.dorsal.webhooks.Deliveries;
import io.dorsal.webhooks.Delivery;
import io.dorsal.webhooks.DeliveryWork;
import io.dorsal.webhooks.EventPickUp;
import io.dorsal.webhooks.Webhooks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What webhooks tell: sent, listed, tried, sent again. Thread-safe. */
@Component
public class DeliveryFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final EventPickUp events;
  private final DeliveryWork work;

  DeliveryFunctions(
      Endpoint endpoint,
      Webhooks webhooks,
      Deliveries deliveries,
      EventPickUp events,
      DeliveryWork work) {
    this.endpoint = endpoint;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.events = events;
    this.work = work;
  }

  /** 202: it is told of {@code webhook.tested}; what became of that is in the list. */
  @Described(
      status = 202,
      answer = WebhookAnswer.class,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("TestWebhook")
  public HttpResponseMessage test(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}/test")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/webhooks/{id}/test",
        caller -> {
          UUID webhook = Requests.id(id);
          return Reply.accepted(WebhookAnswer.of(webhooks.test(caller, webhook)), listOf(webhook));
        });
  }

  /** The newest first; those that ended are kept for 30 days. */
  @Described(answer = DeliveryAnswer.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListDeliveries")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}/deliveries")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/webhooks/{id}/deliveries",
        caller -> {
          UUID webhook = Requests.id(id);
          Query query =
              Query.of(request, "webhooks/" + webhook + "/deliveries").paged(MOST_ITEMS).check();
          Long after = query.after().map(Long::valueOf).orElse(null);
          List<Delivery> found = deliveries.page(caller, webhook, after, query.limit() + 1);
          return Reply.ok(
              PageAnswer.of(found, query, each -> String.valueOf(each.seq()))
                  .map(DeliveryAnswer::of));
        });
  }

  /** 202: it is sent again with the same id, and up to eight times. */
  @Described(
      status = 202,
      answer = DeliveryAnswer.class,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("Redeliver")
  public HttpResponseMessage redeliver(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}/deliveries/{delivery_id}/redeliver")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("delivery_id") String deliveryId) {
    return endpoint.answer(
        request,
        "admin/webhooks/{id}/deliveries/{delivery_id}/redeliver",
        caller -> {
          UUID webhook = Requests.id(id);
          Delivery again = deliveries.redeliver(caller, webhook, Requests.id(deliveryId));
          return Reply.accepted(DeliveryAnswer.of(again), listOf(webhook));
        });
  }

  /** Every five seconds: picks up what happened, sends what is due. */
  @FunctionName("SendWebhooks")
  public void send(@TimerTrigger(name = "timer", schedule = "*/5 * * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      events.pickUp();
      work.deliverDue();
    }
  }

  private static String listOf(UUID webhook) {
    return "/api/v1/admin/webhooks/" + webhook + "/deliveries";
  }
}
