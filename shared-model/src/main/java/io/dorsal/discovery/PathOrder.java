package io.dorsal.discovery;

/**
 * SQL that finds and orders files by path, exactly and by the index, which holds the first 500
 * characters: who compares these first and the whole after gets the order of the whole.
 */
final class PathOrder {

  static final String BY_PATH = " order by left(f.path, 500), f.path";

  /** Behind the path bound as {@code after}. */
  static final String BEHIND = " and left(f.path, 500) >= left(:after, 500) and f.path > :after";

  static final String FROM_PREFIX = "left(f.path, 500) >= left(:prefix, 500) and f.path >= :prefix";

  static final String BEFORE_BEHIND =
      "left(f.path, 500) <= left(:behind, 500) and f.path < :behind";

  private PathOrder() {}

  /** What the index keeps of a folder; the folder itself has to be compared too. */
  static String digest(String folder) {
    return "hashtextextended(" + folder + " collate \"C\", 0)";
  }
}
