package io.dorsal.sources;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.common.Utility;
import java.nio.charset.StandardCharsets;

/**
 * Get Blob by range through the SDK's pipeline, on the calling thread: signed, named and counted as
 * the requests of its clients are, without what those put around a body that is small and wanted
 * whole. Thread-safe.
 */
final class RangeReads {

  private static final HttpHeaderName VERSION = HttpHeaderName.fromString("x-ms-version");
  private static final HttpHeaderName RANGE = HttpHeaderName.fromString("x-ms-range");
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** The SDK's word for a body that is read before the answer is given. */
  private static final Context WHOLE = new Context("azure-eagerly-read-response", true);

  private final BlobContainerClient container;
  private final String url;

  RangeReads(BlobContainerClient container) {
    this.container = container;
    this.url = container.getBlobContainerUrl() + "/";
  }

  /**
   * The bytes from {@code offset} on, {@code length} of them or fewer where the blob ends; none
   * where it ends before.
   *
   * @throws BlobStorageException where the store refuses, as the SDK's clients do
   */
  byte[] read(String blob, String etag, long offset, int length) {
    var request =
        new HttpRequest(HttpMethod.GET, url + Utility.urlEncode(blob))
            .setHeader(VERSION, container.getServiceVersion().getVersion())
            .setHeader(RANGE, "bytes=" + offset + "-" + (offset + length - 1))
            .setHeader(HttpHeaderName.IF_MATCH, etag);
    try (HttpResponse answer = container.getHttpPipeline().sendSync(request, WHOLE)) {
      byte[] body = answer.getBodyAsBinaryData().toBytes();
      return switch (answer.getStatusCode()) {
        case PARTIAL_CONTENT -> body;
        // The blob ends before the range begins.
        case RANGE_NOT_SATISFIABLE -> new byte[0];
        default -> throw refusal(answer, body);
      };
    }
  }

  private static BlobStorageException refusal(HttpResponse answer, byte[] body) {
    String said = new String(body, StandardCharsets.UTF_8);
    return new BlobStorageException(
        "Status code " + answer.getStatusCode() + ", " + said, answer, null);
  }
}
