package io.dorsal.connections;

import com.azure.core.http.RequestConditions;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobCopyFromUrlOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.dorsal.connections.StorageAnswer.Asked;
import io.dorsal.operations.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Copies files of a source into Dorsal's own store. The store reads the source itself: up to 256
 * MiB by Copy Blob From URL, above by Put Block From URL. Where it offers neither, the bytes stream
 * through this process. Repeating a copy is harmless. Thread-safe.
 */
@Component
public class ServerSideCopy {

  /** Copy Blob From URL takes no more. */
  static final long LARGEST_WHOLE = 256L << 20;

  private static final Logger log = LoggerFactory.getLogger(ServerSideCopy.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final OwnStore store;
  private final Clock clock;
  private final long largestWhole;
  private final int block;

  @org.springframework.beans.factory.annotation.Autowired
  ServerSideCopy(OwnStore store, Clock clock) {
    this(store, clock, LARGEST_WHOLE, CopyBlocks.BLOCK);
  }

  /**
   * @param largestWhole what is copied in one request at most
   * @param block bytes per block of what is larger
   */
  ServerSideCopy(OwnStore store, Clock clock, long largestWhole, int block) {
    this.store = store;
    this.clock = clock;
    this.largestWhole = largestWhole;
    this.block = block;
  }

  /** What lies in the store now. */
  public record Copied(long length, byte @Nullable [] md5, Way way) {}

  /** How the bytes went. */
  public enum Way {
    WHOLE,
    BLOCKS,
    STREAMED
  }

  /**
   * Begins a series of copies; where the store turns out not to copy by itself, that is logged once
   * for the series, and the rest of it is streamed at once.
   *
   * @param label names the series in the log
   */
  public Run run(String label, TraceContext trace) {
    return new Run(label, trace);
  }

  /** One series of copies. Thread-safe. */
  public final class Run {
    private final String label;
    private final TraceContext trace;
    private final AtomicBoolean wholeLacks = new AtomicBoolean();
    private final AtomicBoolean blocksLack = new AtomicBoolean();

    private Run(String label, TraceContext trace) {
      this.label = label;
      this.trace = trace;
    }

    /**
     * Copies a file and compares length and hash; what differs is deleted.
     *
     * @param target the name in the store; what lies there is replaced
     * @throws CopyRefusedException with what it means and whether to try again
     */
    public Copied copy(CopyOriginal original, String target) {
      return withLink(original, () -> copyOnce(original, target));
    }

    private Copied copyOnce(CopyOriginal original, String target) {
      boolean whole = original.length() <= largestWhole;
      AtomicBoolean lacks = whole ? wholeLacks : blocksLack;
      String url = original.url().get();
      try {
        BlockBlobClient file = store.file(target, trace);
        Way way = lacks.get() ? Way.STREAMED : sent(original, url, file, whole, lacks);
        return compared(original, file, way);
      } catch (CopyRefusedException e) {
        throw e;
      } catch (RuntimeException e) {
        throw refused(original, url, e);
      }
    }

    private Way sent(
        CopyOriginal original,
        String url,
        BlockBlobClient file,
        boolean whole,
        AtomicBoolean lacks) {
      try {
        if (whole) {
          copyWhole(original, url, file);
        } else {
          new CopyBlocks(file, block).fromUrl(original);
        }
        return whole ? Way.WHOLE : Way.BLOCKS;
      } catch (BlobStorageException e) {
        if (!(verdict(original, url, e) instanceof StorageVerdict.StreamInstead)) {
          throw e;
        }
        if (lacks.compareAndSet(false, true)) {
          log.info("The store copies nothing by itself: streaming instead, {}", label);
        }
        return Way.STREAMED;
      }
    }

    private Copied compared(CopyOriginal original, BlockBlobClient file, Way way) {
      byte[] streamed =
          way == Way.STREAMED ? new CopyBlocks(file, block).streamed(original) : original.md5();
      BlobProperties copy = file.getProperties();
      byte[] md5 = copy.getContentMd5();
      boolean same =
          copy.getBlobSize() == original.length()
              && (original.md5() == null
                  || (Arrays.equals(original.md5(), streamed)
                      && (md5 == null || Arrays.equals(original.md5(), md5))));
      if (!same) {
        file.deleteIfExists();
        throw new CopyRefusedException(
            new StorageVerdict.Refused(ConnectionProblem.COPY_MISMATCH, null, "", null, false),
            null,
            "The copy had "
                + copy.getBlobSize()
                + " of "
                + original.length()
                + " bytes, or others.",
            null);
      }
      return new Copied(copy.getBlobSize(), md5, way);
    }

    /**
     * Has the store read one range of the source as a block, and throws the block away: proves that
     * a large file can be copied.
     */
    void tryBlock(CopyOriginal original, String target, int length) {
      withLink(
          original,
          () -> {
            tryBlockOnce(original, target, length);
            return true;
          });
    }

    private void tryBlockOnce(CopyOriginal original, String target, int length) {
      String url = original.url().get();
      try {
        BlockBlobClient file = store.file(target, trace);
        new CopyBlocks(file, block).tryOne(original, url, length);
      } catch (RuntimeException e) {
        if (!(verdict(original, url, e) instanceof StorageVerdict.StreamInstead)) {
          throw refused(original, url, e);
        }
        // Streaming needs no more than reading, which was tried before.
      }
    }

    /** Deletes a target, there or not; a store that fails now is swept later. */
    void deleteQuietly(String target) {
      try {
        store.file(target, trace).deleteIfExists();
      } catch (RuntimeException e) {
        log.warn("A trial copy could not be deleted: {}", target);
      }
    }
  }

  /** A link of Dorsal's own that ended on the way is made anew, once, and that counts as no try. */
  private static <T> T withLink(CopyOriginal original, Supplier<T> copy) {
    try {
      return copy.get();
    } catch (CopyRefusedException e) {
      if (!e.verdict().mintAnew() || !original.url().renewed()) {
        throw e;
      }
      return copy.get();
    }
  }

  private static void copyWhole(CopyOriginal original, String url, BlockBlobClient file) {
    var options =
        new BlobCopyFromUrlOptions(url)
            .setSourceRequestConditions(new RequestConditions().setIfMatch(original.etag()));
    file.copyFromUrlWithResponse(options, PATIENCE, Context.NONE);
  }

  private StorageVerdict verdict(CopyOriginal original, String url, Throwable failure) {
    var now = clock.instant();
    return ErrorMapping.verdict(
        StorageAnswer.of(Asked.COPY, failure, now),
        CopyOriginal.tokenOf(url),
        original.credential(),
        now);
  }

  private CopyRefusedException refused(CopyOriginal original, String url, RuntimeException e) {
    StorageAnswer answer = StorageAnswer.of(Asked.COPY, e, clock.instant());
    var verdict =
        verdict(original, url, e) instanceof StorageVerdict.Refused known
            ? known
            : new StorageVerdict.Refused(
                ConnectionProblem.COPY_TARGET_DOWN, null, "", answer.retryAfter(), false);
    return new CopyRefusedException(verdict, answer, answer.sentence(), e);
  }
}
