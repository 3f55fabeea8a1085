package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.Caller;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers that show a secret, once: what is kept for a replay has null in its place. Thread-safe.
 */
@Component
public class ShownOnce {

  private final CreatedOnce once;

  ShownOnce(CreatedOnce once) {
    this.once = once;
  }

  /**
   * What is made with a secret.
   *
   * @param place where it is found then, with a slash at its end
   * @param member of the answer that shows the secret
   */
  public record Kind(String place, String member) {}

  /**
   * One that was just made.
   *
   * @param answer a record that has null for the secret
   * @param secret null where there is none to show
   */
  public record Made(Record answer, @Nullable String secret) {
    @Override
    public String toString() {
      return "Made[" + answer + "]";
    }
  }

  /**
   * 201 with the secret; again with the same Idempotency-Key, the same with null.
   *
   * @param action tells this call from others with the same body
   */
  public Reply reply(
      Kind kind,
      Caller caller,
      String idempotencyKey,
      HttpRequestMessage<Optional<String>> request,
      String action,
      Supplier<Made> act) {
    var shown = new AtomicReference<@Nullable String>();
    JsonNode kept =
        once.kept(
            kind.place(),
            caller,
            idempotencyKey,
            request,
            action,
            () -> {
              Made made = act.get();
              shown.set(made.secret());
              return made.answer();
            });
    var body = (ObjectNode) kept;
    body.put(kind.member(), shown.get());
    return Reply.created(body, kind.place() + body.path("id").asString()).withETag(0);
  }
}
