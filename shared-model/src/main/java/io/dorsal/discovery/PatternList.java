package io.dorsal.discovery;

import io.dorsal.discovery.patterns.DetectedPattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan's folders and files are named after.
 *
 * @param detectedAt when its names were looked at; null until then, a little after it COMPLETED
 * @param items the surest first
 */
public record PatternList(@Nullable Instant detectedAt, List<DetectedPattern> items) {
  public PatternList {
    items = List.copyOf(items);
  }
}
