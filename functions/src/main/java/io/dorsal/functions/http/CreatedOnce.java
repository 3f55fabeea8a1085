package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.Caller;
import io.dorsal.access.Sha256;
import io.dorsal.work.IdempotentAnswers;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Answers to what makes something, the same again for the same Idempotency-Key. Thread-safe. */
@Component
public class CreatedOnce {

  private final IdempotentAnswers answers;

  CreatedOnce(IdempotentAnswers answers) {
    this.answers = answers;
  }

  /**
   * 201 with what was made, its place and its version.
   *
   * @param place where it is found then, with a slash at its end
   * @param action tells this call from others with the same body
   * @param act makes a record with the members {@code id} and, unless it is 0, {@code version}
   */
  public Reply reply(
      String place,
      Caller caller,
      String idempotencyKey,
      HttpRequestMessage<Optional<String>> request,
      String action,
      Supplier<? extends Record> act) {
    JsonNode body = kept(place, caller, idempotencyKey, request, action, act);
    return Reply.created(body, place + body.path("id").asString())
        .withETag(body.path("version").asInt(0));
  }

  /** What was answered first, or is now. */
  JsonNode kept(
      String place,
      Caller caller,
      String idempotencyKey,
      HttpRequestMessage<Optional<String>> request,
      String action,
      Supplier<? extends Record> act) {
    return Json.parse(
        answers.once(
            caller.tenantId(),
            Sha256.hex(place + caller.actor() + "/" + idempotencyKey),
            action + "/" + Sha256.hex(request.getBody().orElse("")),
            () -> Json.write(act.get())));
  }
}
