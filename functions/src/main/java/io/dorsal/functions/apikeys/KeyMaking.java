package io.dorsal.functions.apikeys;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.Caller;
import io.dorsal.apikeys.ApiKeys;
import io.dorsal.functions.http.Json;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.work.IdempotentAnswers;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Answers that show a key, once: what is kept for a replay has null in its place. Thread-safe. */
@Component
class KeyMaking {

  private final IdempotentAnswers answers;
  private final Clock clock;

  KeyMaking(IdempotentAnswers answers, Clock clock) {
    this.answers = answers;
    this.clock = clock;
  }

  /**
   * 201 with {@code key}; again with the same Idempotency-Key, the same with null.
   *
   * @param action tells this call from others with the same body
   */
  Reply once(
      Caller caller,
      String idempotencyKey,
      HttpRequestMessage<Optional<String>> request,
      String action,
      Supplier<ApiKeys.Made> act) {
    var shown = new AtomicReference<String>();
    String key = caller.actor() + "/" + idempotencyKey;
    String fingerprint = action + "/" + Requests.digest(request.getBody().orElse(""));
    String kept =
        answers.once(
            caller.tenantId(),
            Requests.digest(key),
            fingerprint,
            () -> {
              ApiKeys.Made made = act.get();
              shown.set(made.text());
              return Json.write(MadeAnswer.withoutKey(made.key(), clock.instant()));
            });
    var body = (ObjectNode) Json.parse(kept);
    body.put("key", shown.get());
    return Reply.created(body, "/api/v1/api-keys/" + body.path("id").asString()).withETag(0);
  }
}
