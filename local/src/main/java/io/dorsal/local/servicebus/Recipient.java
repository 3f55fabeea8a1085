package io.dorsal.local.servicebus;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who takes messages from a queue as long as it has credit. */
interface Recipient {

  /** Whether one more message may be assigned; assigning it uses up one credit. */
  boolean hasCredit();

  /** Whether messages are gone once sent, without a lock. */
  boolean deletesOnReceive();

  /** Uses one credit for a message that {@link #send} follows for. */
  void reserve();

  /**
   * Sends a message reserved for before.
   *
   * @param token the lock; null when the receiver deletes on receive
   * @return false when the receiver is gone and the message was not sent
   */
  boolean send(StoredMessage message, @Nullable UUID token);
}
