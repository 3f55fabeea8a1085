package io.dorsal.discovery;

/**
 * SQL that finds and orders files by path, exactly and by the index, which holds the first 500
 * characters: who compares these first and the whole after gets the order of the whole. They are a
 * column, for under row security no index of an expression is looked up.
 */
final class PathOrder {

  static final String BY_PATH = " order by f.path_head, f.path";

  /** Behind the path bound as {@code after}. */
  static final String BEHIND = " and f.path_head >= left(:after, 500) and f.path > :after";

  static final String FROM_PREFIX = "f.path_head >= left(:prefix, 500) and f.path >= :prefix";

  static final String BEFORE_BEHIND = "f.path_head <= left(:behind, 500) and f.path < :behind";

  private PathOrder() {}

  /** What the index keeps of a folder; the folder itself has to be compared too. */
  static String digest(String folder) {
    return "hashtextextended(cast(" + folder + " as text) collate \"C\", 0)";
  }
}
