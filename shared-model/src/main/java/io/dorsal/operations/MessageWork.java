package io.dorsal.operations;

import java.time.Duration;

/**
 * Measures the work on one message from its begin to its close; what was not said to be ok comes
 * again. For one thread.
 */
public final class MessageWork implements AutoCloseable {

  private final Metrics metrics;
  private final String queue;
  private final long begin = System.nanoTime();
  private String result = "retry";

  private MessageWork(Metrics metrics, String queue) {
    this.metrics = metrics;
    this.queue = queue;
  }

  public static MessageWork begin(Metrics metrics, String queue) {
    return new MessageWork(metrics, queue);
  }

  /** It is done and will not come again. */
  public void ok() {
    result = "ok";
  }

  /** It is given up, or what it asked for failed for good. */
  public void error() {
    result = "error";
  }

  @Override
  public void close() {
    metrics.processed(queue, result, Duration.ofNanos(System.nanoTime() - begin));
  }
}
