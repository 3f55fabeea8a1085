package io.dorsal.work;

import java.util.UUID;

/** Something this process is at, as {@link Tasks} shows it. For one thread at a time. */
public final class Task implements AutoCloseable {

  private final Tasks tasks;
  private final UUID start;
  private long done;

  Task(Tasks tasks, UUID start) {
    this.tasks = tasks;
    this.start = start;
  }

  /** So much more, in the kind's unit, is done; whoever takes over begins anew. */
  public void did(long more) {
    done += more;
    tasks.progress(start, done, false);
  }

  /** So much more is done for good; whoever takes over goes on behind it. */
  public void kept(long more) {
    done += more;
    tasks.progress(start, done, true);
  }

  @Override
  public void close() {
    tasks.end(start);
  }
}
