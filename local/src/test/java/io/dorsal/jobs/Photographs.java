package io.dorsal.jobs;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.storage.Containers;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A container whose files are one small photograph with a number of its own at its end. */
final class Photographs {

  private static final String ACCOUNT = "source";
  private static final int AT_ONCE = 16;

  private final Containers containers;
  private final BlobContainerClient container;
  private final byte[] photograph = DemoArchive.light(3, 40).plan(0).bytes();

  private Photographs(LocalStack stack, String name) {
    containers = stack.containers();
    container = containers.client(ACCOUNT, name);
    container.create();
  }

  /** An empty container that nobody else has. */
  static Photographs in(LocalStack stack) {
    return new Photographs(stack, "rescan" + UUID.randomUUID().toString().replace("-", ""));
  }

  String container() {
    return container.getBlobContainerName();
  }

  /** Writes a file over what may be there; equal numbers make equal files. */
  Object write(String path, int number) {
    byte[] own = Arrays.copyOf(photograph, photograph.length + 4);
    own[photograph.length] = (byte) number;
    own[photograph.length + 1] = (byte) (number >> 8);
    own[photograph.length + 2] = (byte) (number >> 16);
    container.getBlobClient(path).upload(BinaryData.fromBytes(own), true);
    return path;
  }

  /** A second attempt may find that the first one did it. */
  Object delete(String path) {
    return container.getBlobClient(path).deleteIfExists();
  }

  /** Does so many things, some at the same time, and waits for all of them. */
  static void atOnce(int count, IntFunction<Callable<?>> each) throws Exception {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (var done : IntStream.range(0, count).mapToObj(each).map(threads::submit).toList()) {
        done.get();
      }
    }
  }

  /** As its owner hands it out. */
  WrittenArchive archive(int files) {
    return new WrittenArchive(
        ACCOUNT,
        containers.endpoint(ACCOUNT),
        container(),
        "",
        containers.readSas(ACCOUNT, container(), Duration.ofDays(1)),
        files,
        3,
        "none");
  }
}
