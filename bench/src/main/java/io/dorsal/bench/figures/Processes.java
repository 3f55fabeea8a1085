package io.dorsal.bench.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What processes used, as Linux tells it; nothing elsewhere. */
public final class Processes {

  private Processes() {}

  /** CPU time of living processes so far. */
  public static Duration cpu(List<Long> pids) {
    return pids.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The largest peak resident size in KiB; 0 where there is no {@code /proc}. */
  public static long peakKib(List<Long> pids) {
    return pids.stream().mapToLong(Processes::peakKib).max().orElse(0);
  }

  private static long peakKib(long pid) {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    try {
      return Files.exists(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
