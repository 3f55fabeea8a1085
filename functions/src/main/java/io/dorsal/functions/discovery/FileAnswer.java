package io.dorsal.functions.discovery;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dorsal.discovery.FileDetail;
import io.dorsal.discovery.FoundFile;
import io.dorsal.discovery.contents.FileContents;
import io.dorsal.discovery.metadata.ImageMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file with all its metadata; the members of lists come first. */
record FileAnswer(
    @JsonUnwrapped FoundFile file,
    String folder,
    String etag,
    @Nullable String contentMd5,
    @Nullable String tier,
    int contentVersion,
    List<String> previousPaths,
    @Nullable String detectedType,
    @Nullable String headHash,
    @Nullable Long bytesRead,
    @Nullable Instant inspectedAt,
    @Nullable ImageMetadata metadata,
    Map<String, String> tags,
    Map<String, String> fixes,
    @Nullable FileContents contents,
    FileDetail.Shot shot) {

  static FileAnswer of(FileDetail detail) {
    return new FileAnswer(
        detail.file(),
        detail.folder(),
        detail.etag(),
        detail.contentMd5(),
        detail.tier(),
        detail.contentVersion(),
        detail.previousPaths(),
        detail.detectedType(),
        detail.headHash(),
        detail.bytesRead(),
        detail.inspectedAt(),
        detail.metadata(),
        detail.tags(),
        detail.fixes(),
        detail.contents(),
        detail.shot());
  }
}
