package io.dorsal.local.demo;

import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.local.archive.ArchiveWriter;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.storage.Containers;
import io.dorsal.local.storage.StorageAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * A demo archive in a container of the source account, and what is needed to connect it. Member
 * names are those of the report.
 *
 * @param sas reads and lists the container for 30 days; without a question mark
 */
public record WrittenArchive(
    String account_name,
    String blob_endpoint,
    String container,
    String prefix,
    String sas,
    int files,
    long seed,
    String ledger) {

  /**
   * Writes the archive, over what may be there.
   *
   * @param prefix empty or ending in a slash
   * @param ledgers directory for the ledger, which is named after the container
   * @param progress told how many files are written
   */
  public static WrittenArchive write(
      Containers containers,
      String container,
      String prefix,
      DemoArchive archive,
      Path ledgers,
      LongConsumer progress)
      throws IOException, InterruptedException {
    BlobContainerClient client = containers.client(StorageAccounts.SOURCE, container);
    client.createIfNotExists();
    Files.createDirectories(ledgers);
    Path ledger = ledgers.resolve(container + prefix.replace('/', '_') + ".jsonl");
    ArchiveWriter.write(client, prefix, archive, ledger, (files, bytes) -> progress.accept(files));
    return new WrittenArchive(
        StorageAccounts.SOURCE,
        containers.endpoint(StorageAccounts.SOURCE),
        container,
        prefix,
        containers.readSas(StorageAccounts.SOURCE, container, Duration.ofDays(30)),
        archive.files(),
        archive.seed(),
        ledger.toAbsolutePath().toString());
  }
}
