package io.dorsal.local.servicebus;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Who takes messages from one queue, each in turn. Confined to the event loop. */
final class Recipients {

  private final ArrayDeque<Recipient> inTurn = new ArrayDeque<>();

  void add(Recipient recipient) {
    inTurn.add(recipient);
  }

  void remove(Recipient recipient) {
    inTurn.remove(recipient);
  }

  /** The one whose turn it is among those that have credit; null when none has. */
  @Nullable Recipient nextWithCredit() {
    for (int i = inTurn.size(); i > 0; i--) {
      Recipient recipient = inTurn.removeFirst();
      inTurn.addLast(recipient);
      if (recipient.hasCredit()) {
        return recipient;
      }
    }
    return null;
  }
}
