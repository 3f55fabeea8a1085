package io.dorsal.jobs.contents;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a worker grants the reading of foreign files.
 *
 * @param processes files read at once, each in a child process of its own, 1 to 8
 * @param heap of each process; a file that needs more is skipped
 * @param time for one file; one that needs longer is skipped
 * @param idPattern regular expression (RE2) of the ids of animals, looked for in texts and columns
 *     where the source's population has none; null for none
 */
@ConfigurationProperties("dorsal.contents")
public record ContentsSettings(
    @DefaultValue("2") int processes,
    @DefaultValue("192MB") DataSize heap,
    @DefaultValue("120s") Duration time,
    @Nullable String idPattern) {

  private static final DataSize SMALLEST_HEAP = DataSize.ofMegabytes(64);
  private static final int LONGEST_PATTERN = 500;

  public ContentsSettings {
    if (processes < 1 || processes > 8) {
      throw new IllegalArgumentException("DORSAL_CONTENTS_PROCESSES must be 1 to 8.");
    }
    if (heap.compareTo(SMALLEST_HEAP) < 0) {
      throw new IllegalArgumentException("DORSAL_CONTENTS_HEAP must be at least 64MB.");
    }
    if (!time.isPositive()) {
      throw new IllegalArgumentException("DORSAL_CONTENTS_TIME must be positive.");
    }
    idPattern = idPattern == null || idPattern.isBlank() ? null : idPattern;
    requirePattern(idPattern);
  }

  private static void requirePattern(@Nullable String pattern) {
    try {
      if (pattern != null) {
        var _ = Pattern.compile(pattern);
      }
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "DORSAL_CONTENTS_ID_PATTERN is no regular expression: " + e.getDescription(), e);
    }
    if (pattern != null && pattern.length() > LONGEST_PATTERN) {
      throw new IllegalArgumentException(
          "DORSAL_CONTENTS_ID_PATTERN must have at most 500 characters.");
    }
  }
}
