package io.dorsal.discovery;

import io.dorsal.problem.ProblemException;
import java.util.List;

/**
 * Path patterns: {@code *} within a segment, {@code **} across, {@code ?}, {@code [abc]}, {@code
 * {a,b}}; case-insensitive, and composed and decomposed letters are the same. Immutable.
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

  private final List<GlobStates> patterns;

  private Globs(List<GlobStates> patterns) {
    this.patterns = patterns;
  }

  /**
   * @throws ProblemException GLOB_INVALID with pattern and position
   */
  static Globs of(List<String> globs) {
    return new Globs(globs.stream().map(Glob::read).toList());
  }

  /** What systems leave behind in every archive. */
  static Globs builtinExcludes() {
    return BUILTIN_EXCLUDES;
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean matches(String path) {
    if (patterns.isEmpty()) {
      return false;
    }
    int[] text = Glob.composed(path).codePoints().toArray();
    return patterns.stream().anyMatch(pattern -> pattern.matches(text));
  }
}
