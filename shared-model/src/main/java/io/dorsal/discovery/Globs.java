package io.dorsal.discovery;

import io.dorsal.problem.ProblemException;
import java.util.List;

/**
 * Path patterns: {@code *} within a segment, {@code **} across, {@code ?}, {@code [abc]}, {@code
 * {a,b}}; case-insensitive, and composed and decomposed letters are the same. Thread-safe.
 */
final class Globs {

  private static final Globs BUILTIN_EXCLUDES =
      of(
          List.of(
              "**/~$*",
              // All that is hidden, but not what is literally named . or ..
              "**/.{[!.]*,.?*}",
              "**/.{[!.]*,.?*}/**",
              "**/Thumbs.db",
              "**/desktop.ini",
              "**/__MACOSX/**",
              "**/@eaDir/**",
              "**/$RECYCLE.BIN/**",
              "**/System Volume Information/**"));

  private final boolean empty;
  private final GlobStates states;

  private Globs(boolean empty, GlobStates states) {
    this.empty = empty;
    this.states = states;
  }

  /**
   * @throws ProblemException GLOB_INVALID with pattern and position
   */
  static Globs of(List<String> globs) {
    var states = new GlobStates();
    states.startAt(states.eitherOf(globs.stream().map(glob -> Glob.read(glob, states)).toList()));
    return new Globs(globs.isEmpty(), states);
  }

  /** What systems leave behind in every archive. */
  static Globs builtinExcludes() {
    return BUILTIN_EXCLUDES;
  }

  boolean isEmpty() {
    return empty;
  }

  /** Whether one of them takes the whole path. */
  boolean matches(String path) {
    return states.matches(Glob.composed(path).codePoints().toArray());
  }
}
