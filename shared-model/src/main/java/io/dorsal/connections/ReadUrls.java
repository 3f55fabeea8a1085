package io.dorsal.connections;

import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** URLs that open one source file to another storage account. */
final class ReadUrls {

  private static final Duration LIFE = Duration.ofMinutes(60);
  private static final Duration SKEW = Duration.ofMinutes(5);

  private ReadUrls() {}

  /** A token that was given is appended as it is; with a key, one is made for each file. */
  static SourceUrls with(Credential credential, Clock clock) {
    return switch (credential) {
      case Credential.Sas(SasToken token) ->
          (connection, file) -> file.getBlobUrl() + "?" + token.text();
      case Credential.AccountKey key ->
          (connection, file) -> {
            OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            var values =
                new BlobServiceSasSignatureValues(
                        now.plus(LIFE), new BlobSasPermission().setReadPermission(true))
                    .setStartTime(now.minus(SKEW));
            if (connection.blobEndpoint().startsWith("https:")) {
              values.setProtocol(SasProtocol.HTTPS_ONLY);
            }
            return file.getBlobUrl() + "?" + file.generateSas(values);
          };
    };
  }
}
