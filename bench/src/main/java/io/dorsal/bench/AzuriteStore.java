package io.dorsal.bench;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.local.storage.StorageAccounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The stack's own Azurite, through the stack's gateway, which is where the local stack always reads
 * it, filled with the same files as the stub. The gateway counts requests, and no bytes.
 */
final class AzuriteStore implements BlobStore {

  private static final String CONTAINER = "bench";
  private static final int WRITERS = 16;

  private final BenchStack stack;
  private final Map<String, String> etags;
  private final String sas;

  private AzuriteStore(BenchStack stack, Map<String, String> etags, String sas) {
    this.stack = stack;
    this.etags = etags;
    this.sas = sas;
  }

  /** Writes the files. */
  static AzuriteStore filled(BenchStack stack, StubFiles files) throws InterruptedException {
    System.err.println("Writing %,d files into Azurite".formatted(files.all().size()));
    BlobContainerClient container = stack.stack().container(StorageAccounts.SOURCE, CONTAINER);
    container.create();
    write(container, files);
    Map<String, String> etags =
        container.listBlobs().stream()
            .collect(
                Collectors.toMap(
                    BlobItem::getName, blob -> quoted(blob.getProperties().getETag())));
    String sas =
        stack.stack().containers().readSas(StorageAccounts.SOURCE, CONTAINER, Duration.ofDays(2));
    return new AzuriteStore(stack, etags, sas);
  }

  private static void write(BlobContainerClient container, StubFiles files)
      throws InterruptedException {
    List<Future<?>> writes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
      for (StubFile file : files.all()) {
        writes.add(
            threads.submit(
                () ->
                    container
                        .getBlobClient(file.name())
                        .upload(BinaryData.fromBytes(file.bytes()), true)));
      }
    }
    for (Future<?> write : writes) {
      try {
        write.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("Azurite could not be filled", e.getCause());
      }
    }
  }

  private static String quoted(String etag) {
    return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
  }

  @Override
  public String name() {
    return "Azurite";
  }

  @Override
  public String account() {
    return StorageAccounts.SOURCE;
  }

  @Override
  public String endpoint() {
    return stack.stack().containers().endpoint(StorageAccounts.SOURCE);
  }

  @Override
  public String container() {
    return CONTAINER;
  }

  @Override
  public String sas() {
    return sas;
  }

  @Override
  public String etag(StubFile file) {
    return Objects.requireNonNull(etags.get(file.name()), file.name());
  }

  @Override
  public List<Part> parts() {
    return List.of(stack.part("store", "azurite"));
  }

  @Override
  public long requests() {
    return stack.stack().gateway().log().since(Long.MAX_VALUE).next();
  }

  @Override
  public long bytes() {
    return 0;
  }

  /** It ends with its stack. */
  @Override
  public void close() {}
}
