package io.dorsal.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What processes used, as Linux tells it in {@code /proc}; next to nothing elsewhere. */
public final class Processes {

  /** Linux counts for programs in hundredths of a second, whatever its kernel does. */
  private static final long TICK_MILLIS = 10;

  // Places in /proc/<pid>/stat behind the name, which may hold blanks: proc(5), fields 14 to 17.
  private static final int OWN = 11;
  private static final int ENDED_CHILDREN = 13;

  private Processes() {}

  /**
   * CPU time so far of processes, their living descendants, and of those that ended. Of this
   * process it is its own only: whom it started is counted by name.
   */
  public static Duration cpu(List<Long> pids) {
    return pids.stream().map(Processes::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration cpu(long pid) {
    if (pid == ProcessHandle.current().pid()) {
      return ticks(pid, OWN);
    }
    return family(pid)
        .mapToObj(member -> ticks(member, OWN).plus(ticks(member, ENDED_CHILDREN)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** CPU time of the children of this process that ended. */
  public static Duration endedChildren() {
    return ticks(ProcessHandle.current().pid(), ENDED_CHILDREN);
  }

  private static LongStream family(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .mapToLong(ProcessHandle::pid);
  }

  private static Duration ticks(long pid, int place) {
    return ticks(read(pid, "stat"), place);
  }

  /** User and system time, which stand beside each other. */
  static Duration ticks(String stat, int place) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length <= place + 1
        ? Duration.ZERO
        : Duration.ofMillis(
            (Long.parseLong(fields[place]) + Long.parseLong(fields[place + 1])) * TICK_MILLIS);
  }

  /** From now on peaks are those after this call, where Linux lets us. */
  static void forgetPeaks(List<Long> pids) {
    for (long pid : pids) {
      try {
        // proc(5): 5 resets the peak resident set size.
        Files.writeString(Path.of("/proc", String.valueOf(pid), "clear_refs"), "5");
      } catch (IOException _) {
        // Then the peak since its start is shown, which is no smaller.
      }
    }
  }

  /** The largest peak resident size in KiB; 0 where there is no {@code /proc}. */
  public static long peakKib(List<Long> pids) {
    return pids.stream().mapToLong(pid -> peakKib(read(pid, "status"))).max().orElse(0);
  }

  static long peakKib(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), file));
    } catch (IOException _) {
      // It ended meanwhile, or this is no Linux.
      return "";
    }
  }
}
