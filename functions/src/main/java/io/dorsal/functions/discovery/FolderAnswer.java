package io.dorsal.functions.discovery;

import io.dorsal.discovery.FolderListing;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the tree and a page of its children.
 *
 * @param listed false while the scan has not seen everything
 */
record FolderAnswer(
    String path,
    String displayPath,
    boolean listed,
    long fileCount,
    long totalSize,
    Map<String, Long> classes,
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
        folder.children(),
        nextCursor);
  }
}
