package io.dorsal.connections;

import com.azure.storage.blob.BlobClient;

/** Makes the URL of one source file that another storage account may read. */
@FunctionalInterface
interface SourceUrls {

  /** The URL with a token; secret. */
  String of(Connection connection, BlobClient file);
}
