package io.dorsal.local.servicebus;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the holder of a lock wants done with the message. */
sealed interface Settlement {

  /** Done: the message is deleted. */
  record Complete() implements Settlement {}

  /** Failed: the delivery counts, the message is available again at once. */
  record Abandon(Map<String, Object> properties) implements Settlement {}

  /** Never looked at: available again, and the delivery does not count (AMQP 1.0, 3.4.4). */
  record Release() implements Settlement {}

  /** Set aside until somebody asks for its sequence number. */
  record Defer(Map<String, Object> properties) implements Settlement {}

  /** Moved to the dead-letter queue. */
  record DeadLetter(
      @Nullable String reason, @Nullable String description, Map<String, Object> properties)
      implements Settlement {}

  /** How a settlement ended. */
  enum Result {
    SETTLED,
    /** The token is unknown, settled before, or its time has run out. */
    LOCK_LOST,
    /** A dead letter cannot be dead-lettered again. */
    NOT_ALLOWED
  }
}
