package io.dorsal.local.cli;

/**
 * Ctrl-C and SIGTERM for a command that has a stack of its own: its thread is interrupted, closes
 * the stack, and only then may the process end.
 */
final class StackHook extends Thread {

  private final Thread owner;
  private boolean done;

  private StackHook(Thread owner) {
    super("end-of-stack");
    this.owner = owner;
  }

  static StackHook install(Thread owner) {
    StackHook hook = new StackHook(owner);
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  /** The stack is closed: nobody has to wait any more. */
  synchronized void done() {
    done = true;
    notifyAll();
  }

  @Override
  public synchronized void run() {
    if (!done) {
      Terminal.say("Ending the stack…");
      owner.interrupt();
    }
    while (!done) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
