package io.dorsal.bench.figures;

import java.util.List;

/**
 * Processes of a kind that have a part in a run.
 *
 * @param name as the table shows it
 * @param pids their descendants count with them, unless it is this process
 */
public record Part(String name, List<Long> pids) {

  /** The process of the bench itself, for contestants that run in it. */
  public static final Part OWN = new Part("own", List.of(ProcessHandle.current().pid()));

  public Part {
    pids = List.copyOf(pids);
  }
}
