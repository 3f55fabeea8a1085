package io.dorsal.local.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be asked of a scan besides its source. */
final class ScanForm {

  @Option(names = "--prefix", description = "Only this folder of the source, e.g. 2024/")
  private @Nullable String prefix;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only such files, e.g. \"**/*.jpg\"; may be given several times.")
  private List<String> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "No such files; wins over --include; may be given several times.")
  private List<String> exclude = List.of();

  @Option(
      names = "--no-builtin-excludes",
      description = "Also Thumbs.db, hidden files and the like.")
  private boolean everything;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Read only IMAGE, RAW, …; others are counted; may be given several times.")
  private List<String> classes = List.of();

  @Option(names = "--mode", description = "AUTO (default), FULL or INCREMENTAL.")
  private @Nullable String mode;

  @Option(names = "--reinspect", description = "Read unchanged files again.")
  private boolean reinspect;

  /** The request's body; what was not asked for keeps the API's default. */
  Map<String, Object> body(String source) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("source_id", source);
    if (prefix != null) {
      body.put("prefix", prefix);
    }
    if (!include.isEmpty()) {
      body.put("include", include);
    }
    if (!exclude.isEmpty()) {
      body.put("exclude", exclude);
    }
    if (everything) {
      body.put("builtin_excludes", false);
    }
    if (!classes.isEmpty()) {
      body.put("classes", classes);
    }
    if (mode != null) {
      body.put("mode", mode);
    }
    if (reinspect) {
      body.put("reinspect", true);
    }
    return body;
  }
}
