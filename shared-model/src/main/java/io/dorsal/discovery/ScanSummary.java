package io.dorsal.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dorsal.discovery.patterns.PatternType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scan's results in numbers.
 *
 * @param totalSize bytes
 * @param patterns what folders and files are named after, by type; empty until it was looked at
 * @param issues how many files carry a code or note, by it, most frequent first
 * @param countedAt null where only the listing counted yet: then all but the totals is empty
 */
public record ScanSummary(
    long totalFiles,
    long totalSize,
    List<ClassCount> classes,
    Images images,
    Spreadsheets spreadsheets,
    Documents documents,
    Databases databases,
    List<PatternCount> patterns,
    List<IssueCount> issues,
    @Nullable Instant countedAt) {

  /** What is known before anything was counted. */
  static ScanSummary uncounted(long files, long size) {
    return new ScanSummary(
        files,
        size,
        List.of(),
        new Images(0, 0, 0, 0, null, null, 0, List.of()),
        new Spreadsheets(0, 0, 0),
        new Documents(0, 0),
        new Databases(0, 0),
        List.of(),
        List.of(),
        null);
  }

  /** The same for callers who may see counts only. */
  ScanSummary withoutCameras() {
    return new ScanSummary(
        totalFiles,
        totalSize,
        classes,
        images.withoutCameras(),
        spreadsheets,
        documents,
        databases,
        patterns,
        issues,
        countedAt);
  }

  /** Spreadsheets that were read, their sheets, and the rows that hold values. */
  public record Spreadsheets(long files, long sheets, long rows) {}

  /** Documents that were read, and those in which ids of animals stand. */
  public record Documents(long files, long withHits) {}

  /** Databases that were read, and their tables. */
  public record Databases(long files, long tables) {}

  /** Files of one class and their bytes. */
  public record ClassCount(@JsonProperty("class") String fileClass, long files, long size) {}

  /**
   * Images and raw images together.
   *
   * @param companions raw images whose shot has a JPEG too
   * @param localFirst the earliest wall time of any camera
   * @param localLast the latest
   * @param cameraCount cameras told apart by make, model and serial
   * @param cameras the 50 with most files; null where the caller may see counts only
   */
  public record Images(
      long total,
      long companions,
      long withGps,
      long withDate,
      @Nullable LocalDateTime localFirst,
      @Nullable LocalDateTime localLast,
      long cameraCount,
      @Nullable List<CameraCount> cameras) {

    Images withoutCameras() {
      return new Images(
          total, companions, withGps, withDate, localFirst, localLast, cameraCount, null);
    }
  }

  /** Files of one camera. */
  public record CameraCount(String cameraKey, long files) {}

  /**
   * Patterns of one type.
   *
   * @param confidence of the surest
   */
  public record PatternCount(PatternType type, long patterns, double confidence) {}

  /** Files that carry one code or note. */
  public record IssueCount(String code, long files, String fix) {}
}
