package io.dorsal.functions.webhooks;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import io.dorsal.functions.http.ShownOnce;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import io.dorsal.webhooks.Webhook;
import io.dorsal.webhooks.WebhookState;
import io.dorsal.webhooks.WebhookWanted;
import io.dorsal.webhooks.Webhooks;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Webhooks over HTTP. Thread-safe. */
@Component
public class WebhookFunctions {

  private static final int MOST_ITEMS = 200;

  private static final ShownOnce.Kind WEBHOOK =
      new ShownOnce.Kind("/api/v1/admin/webhooks/", "secret");

  private final Endpoint endpoint;
  private final Webhooks webhooks;
  private final ShownOnce once;
  private final StaleVersions stale;

  WebhookFunctions(Endpoint endpoint, Webhooks webhooks, ShownOnce once, StaleVersions stale) {
    this.endpoint = endpoint;
    this.webhooks = webhooks;
    this.once = once;
    this.stale = stale;
  }

  /** 201; a secret that was made is shown this once. */
  @Described(
      status = 201,
      body = WebhookWanted.class,
      answer = WebhookAnswer.class,
      tagged = true,
      onceOnly = true,
      problems = {ErrorCode.WEBHOOK_URL_REFUSED, ErrorCode.STATE_CONFLICT})
  @FunctionName("CreateWebhook")
  public HttpResponseMessage create(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/webhooks",
        caller -> {
          var wanted = Requests.body(request, WebhookWanted.class);
          return once.reply(
              WEBHOOK,
              caller,
              Headers.idempotencyKey(request),
              request,
              "create",
              () -> {
                Webhooks.Made made = webhooks.create(caller, wanted);
                return new ShownOnce.Made(WebhookAnswer.of(made.webhook()), made.secret());
              });
        });
  }

  /** The tenant's webhooks, the newest first. */
  @Described(answer = WebhookAnswer.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListWebhooks")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/webhooks",
        caller -> {
          Query query = Query.of(request, "webhooks").paged(MOST_ITEMS).check();
          var section = Sections.of(webhooks.list(caller), query, each -> each.id().toString());
          return Reply.ok(section.map(WebhookAnswer::of));
        });
  }

  /** One webhook with its version as ETag. */
  @Described(answer = WebhookAnswer.class, tagged = true)
  @FunctionName("GetWebhook")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request, "admin/webhooks/{id}", caller -> shown(webhooks.get(caller, Requests.id(id))));
  }

  /** Changes the version named by If-Match; a replaced secret signs for 24 hours yet. */
  @Described(
      body = WebhookWanted.class,
      answer = WebhookAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.WEBHOOK_URL_REFUSED})
  @FunctionName("ChangeWebhook")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/webhooks/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID webhook = Requests.id(id);
          var wanted = Requests.body(request, WebhookWanted.class);
          return stale.guard(
              request,
              caller,
              webhook,
              each -> shown(webhooks.get(each, webhook)),
              each -> shown(webhooks.change(each, webhook, seen, wanted)));
        });
  }

  /** 204; its deliveries are gone with it. */
  @Described(status = 204)
  @FunctionName("DeleteWebhook")
  public HttpResponseMessage delete(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/webhooks/{id}",
        caller -> {
          webhooks.delete(caller, Requests.id(id));
          return Reply.nothing();
        });
  }

  /** It keeps what there is to tell; a second time changes nothing. */
  @Described(answer = WebhookAnswer.class, tagged = true)
  @FunctionName("PauseWebhook")
  public HttpResponseMessage pause(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}/pause")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/webhooks/{id}/pause",
        caller -> shown(webhooks.put(caller, Requests.id(id), WebhookState.PAUSED)));
  }

  /** It sends in order what it kept; a second time changes nothing. */
  @Described(answer = WebhookAnswer.class, tagged = true)
  @FunctionName("ResumeWebhook")
  public HttpResponseMessage resume(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/webhooks/{id}/resume")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/webhooks/{id}/resume",
        caller -> shown(webhooks.put(caller, Requests.id(id), WebhookState.ACTIVE)));
  }

  private static Reply shown(Webhook webhook) {
    return Reply.ok(WebhookAnswer.of(webhook)).withETag(webhook.version());
  }
}
