package io.dorsal.functions.discovery;

import io.dorsal.discovery.FolderListing;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the tree and a page of its children.
 *
 * @param classSizes null where the scan was listed before they were kept
 * @param listed false while the scan has not seen everything
 */
record FolderAnswer(
    String path,
    String displayPath,
    boolean listed,
    long fileCount,
    long totalSize,
    Map<String, Long> classes,
    @Nullable Map<String, Long> classSizes,
    List<FolderListing.Child> children,
    @Nullable String nextCursor) {

  static FolderAnswer of(FolderListing folder, @Nullable String nextCursor) {
    return new FolderAnswer(
        folder.path(),
        folder.displayPath(),
        folder.listed(),
        folder.fileCount(),
        folder.totalSize(),
        folder.classes(),
        folder.classSizes(),
        folder.children(),
        nextCursor);
  }
}
