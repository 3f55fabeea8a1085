package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.figures.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** exiftool in its quick way over many files: one process, {@code -fast2}, JSON. */
public final class Exiftool {

  /** Where it comes from. */
  public static final String PACKAGE = "libimage-exiftool-perl";

  /** It ends so where it could not read a file, and some are broken on purpose. */
  private static final int SOME_FAILED = 1;

  private final Tool tool;
  private final Path scratch;

  /**
   * @param scratch a folder for what it prints
   */
  public Exiftool(Tool tool, Path scratch) {
    this.tool = tool;
    this.scratch = scratch;
  }

  /** Reads all metadata of these files. */
  public Sample sample(List<Path> files) throws IOException, InterruptedException {
    Path names = scratch.resolve("exiftool.names");
    Files.write(names, files.stream().map(Path::toString).toList());
    Meter meter = Meter.start(Traffic.NONE, List.of());
    Tool.Ran ran = run(List.of("-@", names.toString()));
    Sample sample = meter.stop(files.size(), Map.of("exiftool", ran.use()));
    requireOutput();
    return sample;
  }

  /** Reads all metadata of the files below a folder. */
  Tool.Ran folder(Path folder) throws IOException, InterruptedException {
    Tool.Ran ran = run(List.of("-r", folder.toString()));
    requireOutput();
    return ran;
  }

  private Tool.Ran run(List<String> what) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-fast2", "-json", "-q"));
    arguments.addAll(what);
    Tool.Ran ran =
        tool.run(arguments, scratch.resolve("exiftool.json"), scratch.resolve("exiftool.err"));
    if (ran.exit() > SOME_FAILED) {
      throw new IOException("exiftool ended with " + ran.exit());
    }
    return ran;
  }

  private void requireOutput() throws IOException {
    if (Files.size(scratch.resolve("exiftool.json")) == 0) {
      String said = Files.readString(scratch.resolve("exiftool.err"));
      throw new IOException("exiftool read nothing:\n" + said);
    }
  }
}
