package io.dorsal.local.operator;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A scan's progress in one line. Pure. */
final class ScanBar {

  private static final int WIDTH = 24;
  private static final Set<String> AT_REST =
      Set.of("COMPLETED", "FAILED", "CANCELED", "PAUSED_AUTH");

  private ScanBar() {}

  /** True when nothing more will happen by itself. */
  static boolean atRest(JsonNode scan) {
    return AT_REST.contains(scan.path("state").asString(""));
  }

  /** Where the scan is; with a bar for terminals. */
  static String line(JsonNode scan, boolean bar) {
    JsonNode progress = scan.path("progress");
    if (progress.path("worker_status").asString("").equals("LOST")) {
      return scan.path("message").asString("Worker lost.");
    }
    return switch (scan.path("state").asString("")) {
      case "REQUESTED" -> "Waiting for a worker";
      case "LISTING" -> "Listing, " + progress.path("listed").asLong(0) + " files so far";
      case "INSPECTING" -> inspecting(progress, bar);
      default -> scan.path("state").asString("");
    };
  }

  private static String inspecting(JsonNode progress, boolean bar) {
    long done = progress.path("inspected").asLong(0);
    long all = progress.path("to_inspect").asLong(0);
    double part = all == 0 ? 1 : Math.min(1, (double) done / all);
    int full = (int) (part * WIDTH);
    StringBuilder line = new StringBuilder("Inspecting ");
    if (bar) {
      line.append('[').append("#".repeat(full)).append(".".repeat(WIDTH - full)).append("] ");
    }
    // Never 100 % before the last file.
    double percent = Math.floor(part * 1000) / 10;
    line.append(String.format(Locale.ROOT, "%d/%d (%.1f%%)", done, all, percent));
    JsonNode rate = progress.path("rate_per_s");
    if (rate.isNumber()) {
      line.append(String.format(Locale.ROOT, " %.1f/s", rate.asDouble()));
    }
    JsonNode eta = progress.path("eta_seconds");
    if (eta.isNumber()) {
      line.append(", ").append(duration(eta.asLong())).append(" left");
    }
    long unreadable = progress.path("unreadable").asLong(0);
    return line + (unreadable > 0 ? ", " + unreadable + " unreadable" : "");
  }

  /** As the log writes it: {@code 2h05m}, {@code 9m39s} or {@code 42s}. */
  static String duration(long seconds) {
    if (seconds >= 3600) {
      return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
    }
    return seconds >= 60
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : seconds + "s";
  }
}
