package io.dorsal.local.stack;

import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.SupervisedProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The supervised processes of one stack by name. Safe for use by several threads. */
final class StackProcesses {

  static final String WORKER = "worker-";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Runnable onChange;
  private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();

  StackProcesses(Runnable onChange) {
    this.onChange = onChange;
  }

  /** Starts one more and waits until it can do its work. */
  void start(ProcessSpec spec) throws InterruptedException {
    startAndAwait(add(spec));
  }

  static void startAndAwait(SupervisedProcess process) throws InterruptedException {
    process.start();
    awaitReady(process);
  }

  static void awaitReady(SupervisedProcess process) throws InterruptedException {
    process.awaitReady(PATIENCE);
  }

  /** One more, not started yet. */
  SupervisedProcess add(ProcessSpec spec) {
    SupervisedProcess process = new SupervisedProcess(spec, onChange);
    synchronized (processes) {
      processes.put(spec.name(), process);
    }
    return process;
  }

  /** The worker of this name, or one more of it, not started yet. */
  SupervisedProcess addWorker(String name, Function<String, ProcessSpec> worker) {
    if (!name.matches(WORKER + "[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("A worker is named worker-1, worker-2 and so on");
    }
    synchronized (processes) {
      SupervisedProcess known = processes.get(name);
      return known != null ? known : add(worker.apply(name));
    }
  }

  SupervisedProcess worker(String name) {
    if (!name.startsWith(WORKER)) {
      throw new IllegalArgumentException("No worker " + name);
    }
    return named(name);
  }

  SupervisedProcess named(String name) {
    synchronized (processes) {
      SupervisedProcess process = processes.get(name);
      if (process == null) {
        throw new IllegalArgumentException("No process " + name + " among " + processes.keySet());
      }
      return process;
    }
  }

  /** All in the order in which they were added. */
  List<SupervisedProcess> all() {
    synchronized (processes) {
      return List.copyOf(processes.values());
    }
  }

  List<SupervisedProcess> workers() {
    return all().stream().filter(process -> process.name().startsWith(WORKER)).toList();
  }

  String nextWorkerName() {
    synchronized (processes) {
      int number = 1;
      while (processes.containsKey(WORKER + number)) {
        number++;
      }
      return WORKER + number;
    }
  }

  /** Ends these at the same time and waits for the last. */
  void closeTogether(Predicate<SupervisedProcess> which) {
    List<Thread> closers =
        all().stream()
            .filter(which)
            .map(process -> Thread.ofVirtual().start(process::close))
            .toList();
    for (Thread closer : closers) {
      try {
        closer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
