package io.dorsal.discovery;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What may be said about a file, as its code or as a note, and what a person can do about it. */
enum FileIssue {
  EMPTY_FILE("The file has no bytes; upload it again from the card or a backup."),
  CORRUPT("The file is broken or cut; replace it from the card or a backup."),
  BOMB("The file unpacks to far more than its size; check where it came from, or delete it."),
  ENCRYPTED("The file is locked by a password; store a copy without one."),
  TOO_LARGE("The file is over the limit of its class; split it or store a smaller copy."),
  ARCHIVED("Rehydrate the file to the hot or cool tier, then scan again."),
  SOURCE_CHANGED("Re-run discovery; the file changed since it was scanned."),
  WORKER_CRASH("Reading this file stopped a worker; report the trace id and the file's name."),
  MISSING("The file was deleted or moved during the scan; scan again to see where it is now."),
  EXTENSION_MISMATCH("Rename the file to the extension of its real format."),
  METADATA_TRUNCATED("Its metadata is spread over too many places; some of it may be missing."),
  DIMENSIONS_IMPLAUSIBLE("The size in pixels cannot be true; replace the file if it is broken."),
  INFLATE_LIMIT("A text or colour profile in the file was too large and was left out."),
  XMP_REFUSED("Its XMP is too large or declares a document type; save it anew in your editor."),
  DATE_IMPLAUSIBLE("Its date cannot be true and was dropped; set the date in the metadata."),
  CLOCK_SUSPECT("The camera's clock was probably reset; check the date."),
  GPS_NULL("Its position 0, 0 was dropped; set the position in the metadata."),
  GPS_INVALID("Its position is not on the globe and was dropped; correct it in the metadata.");

  private static final Map<String, FileIssue> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(FileIssue::name, Function.identity()));

  private final String fix;

  FileIssue(String fix) {
    this.fix = fix;
  }

  /** The sentence for a code or note, also for one of a later version. */
  static String fixOf(String code) {
    FileIssue issue = BY_CODE.get(code);
    return issue == null ? "Report the code and the file's name." : issue.fix;
  }
}
