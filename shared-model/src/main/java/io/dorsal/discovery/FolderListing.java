package io.dorsal.discovery;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a scan and a part of its children: folders by name, then files by name.
 *
 * @param path empty for the root, else with a closing slash
 * @param listed false while the scan has not seen everything; there are no folders then
 * @param fileCount files below, at any depth
 * @param totalSize their bytes
 * @param classes their number by class
 * @param classSizes their bytes by class; null where the scan was listed before they were kept
 * @param next where the following page begins; null at the end
 */
public record FolderListing(
    String path,
    String displayPath,
    boolean listed,
    long fileCount,
    long totalSize,
    Map<String, Long> classes,
    @Nullable Map<String, Long> classSizes,
    List<Child> children,
    @Nullable String next) {

  /** What a child is. */
  public enum Kind {
    FOLDER,
    FILE
  }

  /**
   * A folder or a file. A folder's numbers are recursive; a file counts as one.
   *
   * @param name byte-exact, without slashes
   * @param classSizes null as above
   * @param id the file's; null for a folder
   * @param state the file's; null for a folder
   */
  public record Child(
      Kind kind,
      String name,
      String displayName,
      String path,
      long fileCount,
      long totalSize,
      Map<String, Long> classes,
      @Nullable Map<String, Long> classSizes,
      @Nullable UUID id,
      @Nullable FileState state) {}
}
