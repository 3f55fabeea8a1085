package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.figures.Traffic;
import io.dorsal.bench.figures.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** exiv2 printing EXIF, IPTC and XMP, with as many files per process as a command line holds. */
public final class Exiv2 {

  /** Where it comes from. */
  public static final String PACKAGE = "exiv2";

  private static final int FILES_PER_PROCESS = 10_000;

  private final Tool tool;
  private final Path scratch;

  /**
   * @param scratch a folder for what it prints
   */
  public Exiv2(Tool tool, Path scratch) {
    this.tool = tool;
    this.scratch = scratch;
  }

  /** Reads all metadata of these files. Its exit code tells of broken ones and is not asked. */
  public Sample sample(List<Path> files) throws IOException, InterruptedException {
    Path output = scratch.resolve("exiv2.out");
    Duration cpu = Duration.ZERO;
    long peak = 0;
    Meter meter = Meter.start(Traffic.NONE, List.of());
    for (int from = 0; from < files.size(); from += FILES_PER_PROCESS) {
      List<String> arguments = new ArrayList<>(List.of("-q", "-pa", "print"));
      files.subList(from, Math.min(files.size(), from + FILES_PER_PROCESS)).stream()
          .map(Path::toString)
          .forEach(arguments::add);
      Tool.Ran ran = tool.run(arguments, output, scratch.resolve("exiv2.err"));
      cpu = cpu.plus(ran.use().cpu());
      peak = Math.max(peak, ran.use().peakKib());
    }
    Sample sample = meter.stop(files.size(), Map.of("exiv2", new Use(cpu, peak)));
    if (Files.size(output) == 0) {
      throw new IOException("exiv2 read nothing");
    }
    return sample;
  }
}
