package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** rclone with its azureblob backend. */
public final class Rclone {

  /** Where it comes from. */
  public static final String PACKAGE = "rclone";

  /** Odd names are a small part of the files. */
  static final double MOST_OF_THEM = 0.95;

  private final Tool tool;
  private final BlobStore store;
  private final Path scratch;

  /**
   * @param scratch a folder for what it prints
   */
  public Rclone(Tool tool, BlobStore store, Path scratch) {
    this.tool = tool;
    this.store = store;
    this.scratch = scratch;
  }

  /**
   * Lists the container in as few requests as it can.
   *
   * @param files that there are
   */
  public Sample list(int files) throws IOException, InterruptedException {
    Meter meter = Meter.start(store, store.parts());
    Path listing = scratch.resolve("rclone.json");
    Tool.Ran ran = run(List.of("lsjson", "-R", "--fast-list", "--files-only", remote()), listing);
    Sample sample = meter.stop(files, Map.of("rclone", ran.use()));
    try (Stream<String> lines = Files.lines(listing)) {
      long listed = lines.filter(line -> line.startsWith("{")).count();
      // Names that are no files elsewhere, such as those that end in a slash, it shows to nobody.
      if (listed < files * MOST_OF_THEM) {
        throw new IOException("rclone listed %d of %d files".formatted(listed, files));
      }
    }
    return sample;
  }

  /**
   * Copies whole files. It has no way to ask for some names that Azure allows, such as those with a
   * segment of two dots: those it leaves out, and its exit code is not asked.
   *
   * @param inFlight files at once
   */
  public Tool.Ran copy(Path target, int inFlight) throws IOException, InterruptedException {
    String transfers = "--transfers=" + inFlight;
    return ran(
        List.of("copy", "--fast-list", transfers, "--checkers=" + inFlight, remote(), "" + target),
        scratch.resolve("rclone.out"));
  }

  private Tool.Ran run(List<String> arguments, Path output)
      throws IOException, InterruptedException {
    Tool.Ran ran = ran(arguments, output);
    if (ran.exit() != 0) {
      String said = Files.readString(scratch.resolve("rclone.err"));
      throw new IOException("rclone ended with %d:%n%s".formatted(ran.exit(), said));
    }
    return ran;
  }

  private Tool.Ran ran(List<String> arguments, Path output)
      throws IOException, InterruptedException {
    Path settings = scratch.resolve("rclone.conf");
    Files.writeString(settings, "");
    List<String> all =
        Stream.concat(Stream.of("--config=" + settings, "--retries=1"), arguments.stream())
            .toList();
    return tool.run(all, output, scratch.resolve("rclone.err"));
  }

  /** A remote without a configuration file; a SAS for a container names it already. */
  private String remote() {
    return ":azureblob,sas_url=\"" + store.containerUrl() + "\":" + store.container();
  }
}
