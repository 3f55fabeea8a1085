package io.dorsal.bench;

import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.bench.store.StubProcess;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of every bench that has a store. */
@SuppressWarnings("FieldMayBeFinal")
final class Choices {

  private static final int AS_IT_IS = 0;

  /** Which store stands behind the bench. */
  enum Store {
    stub,
    azurite
  }

  @Option(names = "--files", description = "How many, default ${DEFAULT-VALUE}.")
  private int files = 20_000;

  @Option(names = "--runs", description = "Of everybody, default ${DEFAULT-VALUE}.")
  private int runs = 3;

  @Option(names = "--seed", description = "Of the files, default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--size", description = "KiB of every photograph; by default a few.")
  private int size = AS_IT_IS;

  @Option(names = "--store", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}.")
  private Store store = Store.stub;

  @Option(names = "--latency", description = "Milliseconds the stub adds to each answer.")
  private int latency;

  @Option(names = "--in-flight", description = "Reads at once, default ${DEFAULT-VALUE}.")
  private int inFlight = 64;

  /** The same with so many files. */
  Choices with(int count) {
    var fewer = new Choices();
    fewer.files = count;
    fewer.runs = runs;
    fewer.seed = seed;
    fewer.size = size;
    fewer.store = store;
    fewer.latency = latency;
    fewer.inFlight = inFlight;
    return fewer;
  }

  int files() {
    return files;
  }

  int runs() {
    return runs;
  }

  int inFlight() {
    return inFlight;
  }

  StubFiles.Plan plan() {
    return new StubFiles.Plan(seed, files, size * 1024);
  }

  /** The store with these files in it. */
  BlobStore open(BenchStack stack, StubFiles planned, Path scratch) throws InterruptedException {
    return switch (store) {
      case stub -> StubProcess.start(plan(), Duration.ofMillis(latency), scratch);
      case azurite -> AzuriteStore.filled(stack, planned);
    };
  }
}
