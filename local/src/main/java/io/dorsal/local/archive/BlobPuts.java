package io.dorsal.local.archive;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Puts small blobs by plain HTTP: for a file of a few KB the SDK takes twice the time of the store.
 * Thread-safe.
 */
final class BlobPuts implements AutoCloseable {

  private static final int TRIES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlobContainerClient container;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param container a client that has the account's key
   */
  BlobPuts(BlobContainerClient container) {
    this.container = container;
    var permission = new BlobContainerSasPermission().setWritePermission(true);
    var end = OffsetDateTime.now(ZoneOffset.UTC).plusDays(1);
    this.token = container.generateSas(new BlobServiceSasSignatureValues(end, permission));
  }

  /**
   * Writes a block blob over what may be there, trying again while the store is busy.
   *
   * @param headers beside those that every put has
   */
  void put(String name, byte[] bytes, Map<String, String> headers)
      throws IOException, InterruptedException {
    // The SDK's URL: a name may have segments like "..", which only its encoding keeps.
    URI uri = URI.create(container.getBlobClient(name).getBlobUrl() + "?" + token);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("x-ms-version", "2024-11-04")
            .header("x-ms-blob-type", "BlockBlob")
            .PUT(BodyPublishers.ofByteArray(bytes));
    headers.forEach(request::header);
    HttpRequest put = request.build();
    for (int attempt = 1; !accepted(put, attempt); attempt++) {
      Thread.sleep(Duration.ofMillis(200L << attempt));
    }
  }

  /** False where it may be tried again. */
  private boolean accepted(HttpRequest put, int attempt) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer = http.send(put, BodyHandlers.ofString());
    } catch (IOException e) {
      if (attempt < TRIES) {
        return false;
      }
      throw e;
    }
    if (answer.statusCode() == 201) {
      return true;
    }
    if (answer.statusCode() < 500 || attempt == TRIES) {
      throw new IOException("The store answered " + answer.statusCode() + ": " + answer.body());
    }
    return false;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
