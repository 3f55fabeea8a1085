package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.metadata.Note;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileIssueTests {

  @ParameterizedTest
  @EnumSource(Note.class)
  void everyNoteHasAFix(Note note) {
    assertThat(FileIssue.values()).extracting(FileIssue::name).contains(note.name());
    assertThat(FileIssue.fixOf(note.name())).endsWith(".");
  }

  /** The codes that workers and the metadata reader give. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "EMPTY_FILE",
        "CORRUPT",
        "BOMB",
        "ENCRYPTED",
        "TOO_LARGE",
        "ARCHIVED",
        "SOURCE_CHANGED",
        "WORKER_CRASH",
        "MISSING"
      })
  void everyCodeHasAFix(String code) {
    assertThat(FileIssue.values()).extracting(FileIssue::name).contains(code);
  }
}
