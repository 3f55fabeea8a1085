package io.dorsal.connections;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockFromUrlOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Builds one file of the store out of blocks. */
final class CopyBlocks {

  static final int BLOCK = 100 << 20;
  static final int STREAMED_RANGE = 8 << 20;
  private static final int AT_ONCE = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final BlockBlobClient file;
  private final int block;

  CopyBlocks(BlockBlobClient file, int block) {
    this.file = file;
    this.block = block;
  }

  /** The store reads the source itself; blocks that an earlier try left are not read again. */
  void fromUrl(CopyOriginal original) {
    Map<String, Long> there = uncommitted();
    List<String> ids = new ArrayList<>();
    List<Future<?>> blocks = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (long offset = 0; offset < original.length(); offset += block) {
        String id = id(ids.size());
        ids.add(id);
        var range = new BlobRange(offset, Math.min(block, original.length() - offset));
        if (!range.getCount().equals(there.get(id))) {
          blocks.add(workers.submit(() -> stage(original, original.url().get(), id, range)));
        }
      }
      await(blocks);
    }
    commit(ids, original, original.md5());
  }

  private static void await(List<Future<?>> blocks) {
    try {
      for (Future<?> staged : blocks) {
        staged.get();
      }
    } catch (ExecutionException e) {
      blocks.forEach(other -> other.cancel(false));
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    } catch (InterruptedException e) {
      blocks.forEach(other -> other.cancel(false));
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while blocks were copied.", e);
    }
  }

  private Map<String, Long> uncommitted() {
    Map<String, Long> sizes = new HashMap<>();
    try {
      for (Block known : file.listBlocks(BlockListType.UNCOMMITTED).getUncommittedBlocks()) {
        sizes.put(known.getName(), known.getSizeLong());
      }
    } catch (BlobStorageException e) {
      if (e.getStatusCode() != 404) {
        throw e;
      }
    }
    return sizes;
  }

  private void stage(CopyOriginal original, String url, String id, BlobRange range) {
    file.stageBlockFromUrlWithResponse(
        new BlockBlobStageBlockFromUrlOptions(id, url)
            .setSourceRange(range)
            .setSourceRequestConditions(new BlobRequestConditions().setIfMatch(original.etag())),
        PATIENCE,
        Context.NONE);
  }

  /** One block from the source's beginning, thrown away again. */
  void tryOne(CopyOriginal original, String url, int length) {
    stage(original, url, id(0), new BlobRange(0, (long) length));
    file.commitBlockList(List.of(), true);
    file.deleteIfExists();
  }

  /**
   * The bytes go through this process.
   *
   * @return their MD5
   */
  byte[] streamed(CopyOriginal original) {
    MessageDigest whole = md5();
    List<String> ids = new ArrayList<>();
    for (long offset = 0; offset < original.length(); offset += STREAMED_RANGE) {
      int length = (int) Math.min(STREAMED_RANGE, original.length() - offset);
      byte[] bytes = original.ranges().read(offset, length);
      whole.update(bytes);
      String id = id(ids.size());
      ids.add(id);
      file.stageBlock(id, BinaryData.fromBytes(bytes));
    }
    byte[] md5 = whole.digest();
    commit(ids, original, md5);
    return md5;
  }

  private void commit(List<String> ids, CopyOriginal original, byte @Nullable [] md5) {
    var headers = new BlobHttpHeaders();
    if (md5 != null) {
      headers.setContentMd5(md5);
    }
    if (original.contentType() != null) {
      headers.setContentType(original.contentType());
    }
    file.commitBlockListWithResponse(
        new BlockBlobCommitBlockListOptions(ids).setHeaders(headers), PATIENCE, Context.NONE);
  }

  private static String id(int number) {
    byte[] digits = "%08d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(digits);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
