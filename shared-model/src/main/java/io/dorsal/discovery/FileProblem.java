package io.dorsal.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody should look at.
 *
 * @param path byte-exact
 * @param displayPath the path for the eye
 * @param code null where the file was read and only notes were made
 * @param fix what to do about the code, else about the first note
 */
public record FileProblem(
    UUID id,
    String path,
    String displayPath,
    @JsonProperty("class") String fileClass,
    long size,
    FileState state,
    @Nullable String code,
    List<String> notes,
    String fix) {

  static FileProblem of(FoundFile file) {
    String code = file.state() == FileState.MISSING ? "MISSING" : file.code();
    return new FileProblem(
        file.id(),
        file.path(),
        file.displayPath(),
        file.fileClass(),
        file.size(),
        file.state(),
        code,
        file.notes(),
        FileIssue.fixOf(code == null ? file.notes().getFirst() : code));
  }
}
