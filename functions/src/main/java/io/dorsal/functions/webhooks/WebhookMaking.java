package io.dorsal.functions.webhooks;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.Caller;
import io.dorsal.functions.http.Json;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.webhooks.WebhookWanted;
import io.dorsal.webhooks.Webhooks;
import io.dorsal.work.IdempotentAnswers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Answers that show a secret, once: what is kept for a replay has null there. Thread-safe. */
@Component
class WebhookMaking {

  private final IdempotentAnswers answers;
  private final Webhooks webhooks;

  WebhookMaking(IdempotentAnswers answers, Webhooks webhooks) {
    this.answers = answers;
    this.webhooks = webhooks;
  }

  /** 201 with {@code secret}; again with the same Idempotency-Key, the same with null. */
  Reply once(
      Caller caller,
      String idempotencyKey,
      HttpRequestMessage<Optional<String>> request,
      WebhookWanted wanted) {
    var shown = new AtomicReference<@Nullable String>();
    String kept =
        answers.once(
            caller.tenantId(),
            Requests.digest("webhooks/" + caller.actor() + "/" + idempotencyKey),
            "webhooks/" + Requests.digest(request.getBody().orElse("")),
            () -> {
              Webhooks.Made made = webhooks.create(caller, wanted);
              shown.set(made.secret());
              return Json.write(WebhookAnswer.of(made.webhook()));
            });
    var body = (ObjectNode) Json.parse(kept);
    body.put("secret", shown.get());
    return Reply.created(body, "/api/v1/admin/webhooks/" + body.path("id").asString()).withETag(0);
  }
}
