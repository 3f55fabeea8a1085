package io.dorsal.local.servicebus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: what one turn of the event loop changed goes to disk as one transaction, and the
 * answers leave afterwards. Confined to the event loop.
 */
final class Turn {

  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

  private final MessageStore store;
  private final Executor later;
  private final Consumer<StoreFailedException> onFailure;
  private Runnable beforeCommit = () -> {};
  private List<Runnable> answers = new ArrayList<>();
  private boolean failed;

  /**
   * @param later runs a task on the event loop after what is at hand
   * @param onFailure told once when a commit failed; no answer leaves afterwards
   */
  Turn(MessageStore store, Executor later, Consumer<StoreFailedException> onFailure) {
    this.store = store;
    this.later = later;
    this.onFailure = onFailure;
  }

  /** Sets what is done at the end of every turn, within its transaction. */
  void beforeCommit(Runnable last) {
    beforeCommit = last;
  }

  /** Runs the answer when everything changed so far is on disk, never within this call. */
  void afterCommit(Runnable answer) {
    if (answers.isEmpty()) {
      later.execute(this::commit);
    }
    answers.add(answer);
  }

  /** Takes note that memory and disk may differ: nothing is answered any more. */
  void fail(StoreFailedException cause) {
    if (!failed) {
      failed = true;
      onFailure.accept(cause);
    }
  }

  private void commit() {
    if (failed) {
      return;
    }
    try {
      beforeCommit.run();
      store.commit();
    } catch (StoreFailedException e) {
      fail(e);
      return;
    }
    List<Runnable> ready = answers;
    answers = new ArrayList<>();
    for (Runnable answer : ready) {
      try {
        answer.run();
      } catch (RuntimeException e) {
        // One client's broken connection must not cost the others their answers.
        LOG.warn("An answer could not be given", e);
      }
    }
  }
}
