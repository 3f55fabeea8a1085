package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import java.io.IOException;

/** The peak RSS of a worker that is new, in a scan of many files and of few. */
final class MemoryBench {

  private static final int FEW = 10_000;

  private MemoryBench() {}

  static Report run(Choices choices) throws IOException, InterruptedException {
    return new Rounds("%,d files".formatted(FEW), () -> fresh(choices.with(FEW)))
        .add("%,d files".formatted(choices.files()), () -> fresh(choices))
        .run("memory", "Peak RSS of a worker by the number of files", choices.runs());
  }

  private static Sample fresh(Choices choices) throws IOException, InterruptedException {
    return Bench.with(
        choices,
        options -> options.withWorkers(1),
        (stack, store, files, scratch) -> new DorsalScan(stack, store).first(files));
  }
}
