package io.dorsal.jobs.intake;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Works off the messages of one queue. Thread-safe; doing an order twice changes nothing. */
public interface OrderHandler {

  /** The queue it works off. */
  String queue();

  /** How many orders at once. */
  int concurrency();

  /**
   * Does the work, however long it takes.
   *
   * @param running false once the worker stops
   */
  Verdict handle(WorkOrder order, BooleanSupplier running);

  /**
   * The order failed as often as its queue allows and is dead-lettered; may be told more than once.
   *
   * @param last the last failure; null where workers died at it, or it was told before
   */
  void poisoned(WorkOrder order, @Nullable Throwable last);
}
