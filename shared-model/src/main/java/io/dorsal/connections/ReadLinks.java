package io.dorsal.connections;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import io.dorsal.operations.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/**
 * Makes the URLs by which a store reads a source. With an account key each blob gets a token of its
 * own: {@code sr=b}, {@code sp=r}, from 5 minutes ago for an hour, https only outside of the local
 * profile. A connection with a SAS token cannot make others: its own is appended. Thread-safe.
 */
@Component
public class ReadLinks {

  private static final Duration BEFORE = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofMinutes(60);

  private final BlobAccess access;
  private final ConnectionSettings settings;
  private final Clock clock;

  ReadLinks(BlobAccess access, ConnectionSettings settings, Clock clock) {
    this.access = access;
    this.settings = settings;
    this.clock = clock;
  }

  /** The URL of one blob, fresh whenever it is asked for. */
  public ReadLink to(Connection connection, Credential credential, String container, String blob) {
    BlobClient client =
        access
            .container(connection, credential, container, TraceContext.current())
            .getBlobClient(blob);
    return new ReadLink(
        switch (credential) {
          case Credential.Sas(SasToken sas) ->
              () -> new ReadLink.Minted(client.getBlobUrl() + "?" + sas.text(), null);
          case Credential.AccountKey _ -> () -> signed(client);
        },
        clock);
  }

  private ReadLink.Minted signed(BlobClient client) {
    Instant now = clock.instant();
    Instant end = now.plus(AHEAD);
    var values =
        new BlobServiceSasSignatureValues(
                end.atOffset(ZoneOffset.UTC), new BlobSasPermission().setReadPermission(true))
            .setStartTime(now.minus(BEFORE).atOffset(ZoneOffset.UTC))
            .setProtocol(settings.local() ? SasProtocol.HTTPS_HTTP : SasProtocol.HTTPS_ONLY);
    return new ReadLink.Minted(client.getBlobUrl() + "?" + client.generateSas(values), end);
  }
}
