package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.patterns.PatternType;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What scans found, page by page. Counts are for every role, names of files from PROFESSIONAL on.
 * What a later scan of the same source read replaces what is shown here of an unchanged file.
 * Thread-safe.
 */
@Component
@Transactional(readOnly = true)
public class ScanResults {

  private static final String READING_NAMES = "Reading the names of files";

  private final SourceRights rights;
  private final FileRows files;
  private final FolderRows folders;
  private final Summaries summaries;
  private final ContentViews contents;
  private final ScanLog log;
  private final PatternRows patterns;

  ScanResults(
      SourceRights rights,
      FileRows files,
      FolderRows folders,
      Summaries summaries,
      ContentViews contents,
      ScanLog log,
      PatternRows patterns) {
    this.rights = rights;
    this.files = files;
    this.folders = folders;
    this.summaries = summaries;
    this.contents = contents;
    this.log = log;
    this.patterns = patterns;
  }

  /**
   * The scan in numbers: of a completed one as they were when its names were looked at, of another
   * large one as they were when a worker counted last, which is asked to count again.
   *
   * @throws ProblemException NOT_FOUND, also for another tenant's id; PERMISSION_DENIED
   */
  @Transactional
  public ScanSummary summary(Caller caller, UUID scanId) {
    SourceRights.Sight seen = rights.sight(caller, scanId, PopulationRole.VIEWER, "Reading scans");
    return summaries.of(seen.scan(), seen.names());
  }

  /**
   * The children of one folder.
   *
   * @param path empty for the root; a closing slash may be left out
   * @param only leaves out children without a file of this class; numbers stay those of all files
   * @param after {@code next} of the page before; null begins
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND for the scan or the folder,
   *     PAGE_CURSOR_INVALID
   */
  public FolderListing tree(
      Caller caller,
      UUID scanId,
      String path,
      @Nullable FileClass only,
      @Nullable String after,
      int limit) {
    Scan scan = named(caller, scanId);
    String folder = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    return folders.list(scan, folder, only, after, limit);
  }

  /**
   * Files in the order of their paths.
   *
   * @param after {@code next} of the page before; null begins
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  public ResultPage<FoundFile> files(
      Caller caller, UUID scanId, FileFilter filter, @Nullable String after, int limit) {
    return files.list(named(caller, scanId), filter, after, limit);
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, also for a file that this scan did not
   *     see
   */
  public FileDetail file(Caller caller, UUID scanId, UUID fileId) {
    FileDetail detail =
        files
            .detail(named(caller, scanId), fileId)
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.NOT_FOUND, "There is no file with this id."));
    return detail.with(contents.of(fileId));
  }

  /**
   * Files with a code or a note, in the order of their paths.
   *
   * @param code only those that carry it, as code or as note; null for all
   * @param after {@code next} of the page before; null begins
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  public ResultPage<FileProblem> issues(
      Caller caller, UUID scanId, @Nullable String code, @Nullable String after, int limit) {
    ResultPage<FoundFile> page = files.odd(named(caller, scanId), code, after, limit);
    return new ResultPage<>(page.items().stream().map(FileProblem::of).toList(), page.next());
  }

  /**
   * What the scan did and how far it came, line by line in order.
   *
   * @param after {@code next} of the page before; null begins
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, PAGE_CURSOR_INVALID
   */
  public ResultPage<LogLine> log(Caller caller, UUID scanId, @Nullable String after, int limit) {
    Scan scan =
        rights.scan(caller, scanId, PopulationRole.PROFESSIONAL, "Reading the log of a scan");
    if (after != null && !after.matches("[0-9]{1,18}")) {
      throw new ProblemException(
          GeneralProblem.PAGE_CURSOR_INVALID, "The cursor is not one of this list.");
    }
    return log.lines(scan, after == null ? null : Long.valueOf(after), limit);
  }

  /**
   * Spreadsheets that were read, in the order of their paths.
   *
   * @param after {@code next} of the page before; null begins
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  public ResultPage<SpreadsheetFile> spreadsheets(
      Caller caller, UUID scanId, @Nullable String after, int limit) {
    return contents.spreadsheets(named(caller, scanId), after, limit);
  }

  /**
   * What folders and files are named after.
   *
   * @param type null for all
   * @param minConfidence 0 to 1
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  public PatternList patterns(
      Caller caller, UUID scanId, @Nullable PatternType type, double minConfidence) {
    return patterns.of(named(caller, scanId), type, minConfidence);
  }

  private Scan named(Caller caller, UUID id) {
    return rights.scan(caller, id, PopulationRole.PROFESSIONAL, READING_NAMES);
  }
}
