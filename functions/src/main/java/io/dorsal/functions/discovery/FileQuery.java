package io.dorsal.functions.discovery;

import io.dorsal.discovery.FileFilter;
import io.dorsal.discovery.FileState;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.Note;
import io.dorsal.functions.http.Query;

/**
 * The filters of the file list: {@code class, state, has_gps, has_date, camera_key, from, to,
 * path_prefix, q, note}. A day given as {@code to} belongs to the range whole.
 */
final class FileQuery {

  private FileQuery() {}

  static FileFilter filter(Query query) {
    Note note = query.constant("note", Note.class);
    return new FileFilter(
        query.constant("class", FileClass.class),
        query.constant("state", FileState.class),
        query.flag("has_gps"),
        query.flag("has_date"),
        query.text("camera_key"),
        query.moment("from", false),
        query.moment("to", true),
        query.text("path_prefix"),
        query.text("q"),
        note == null ? null : note.name());
  }
}
