package io.dorsal.local.cli;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.StackState;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fills a container with a generated archive. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = "Writes a demo archive into a container and prints JSON: container, SAS, ledger.")
final class ArchiveCommand implements Callable<Integer> {

  @Option(names = "--container", required = true, description = "Made when it does not exist.")
  private String container = "";

  @Option(names = "--files", required = true, description = "How many files, 1 to 1,000,000.")
  private int files;

  @Option(
      names = "--seed",
      description = "Equal seeds give equal archives; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--prefix", description = "Folder inside the container, e.g. 2024/")
  private String prefix = "";

  @Option(
      names = "--light",
      description = "Small files with full metadata and few defects, for archives of many files.")
  private boolean light;

  /** Every report can be asked for as JSON; this one is nothing else. */
  @Option(names = "--json", description = "JSON is what it prints anyway.")
  void json(boolean asked) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!container.matches("[a-z0-9](-?[a-z0-9]){2,62}")) {
      throw new IllegalArgumentException(
          "A container's name has 3 to 63 small letters, digits and single dashes: " + container);
    }
    StackState state = Here.running();
    String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    try (Progress progress = Terminal.progress("Writing", "files", files)) {
      WrittenArchive written =
          WrittenArchive.write(
              Here.containers(state),
              container,
              folder,
              light ? DemoArchive.light(seed, files) : DemoArchive.plan(seed, files),
              Here.directory().ledgers(),
              progress::at);
      Terminal.json(written);
    }
    return 0;
  }
}
