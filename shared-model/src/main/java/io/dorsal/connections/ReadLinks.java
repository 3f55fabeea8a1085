package io.dorsal.connections;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import io.dorsal.operations.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Makes the URLs by which a store reads a source. With an account key, or a user-delegation key of
 * Dorsal's identity, each blob gets a token of its own: {@code sr=b}, {@code sp=r}, from 5 minutes
 * ago for an hour, https only outside of the local profile. A connection with a SAS token cannot
 * make others: its own is appended. Thread-safe.
 */
@Component
public class ReadLinks {

  private static final Duration BEFORE = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofMinutes(60);

  private final BlobAccess access;
  private final ConnectionSettings settings;
  private final Clock clock;
  private final DelegationKeys delegations;

  ReadLinks(BlobAccess access, ConnectionSettings settings, Clock clock) {
    this.access = access;
    this.settings = settings;
    this.clock = clock;
    this.delegations = new DelegationKeys(clock);
  }

  /** The URL of one blob, fresh whenever it is asked for. */
  public ReadLink to(Connection connection, Credential credential, String container, String blob) {
    return to(
        connection,
        credential,
        access
            .container(connection, credential, container, TraceContext.current())
            .getBlobClient(blob));
  }

  /** The same of a blob that is open already with the connection's credential. */
  ReadLink to(Connection connection, Credential credential, BlobClient client) {
    return new ReadLink(
        switch (credential) {
          case Credential.Sas(SasToken sas) ->
              () -> new ReadLink.Minted(client.getBlobUrl() + "?" + sas.text(), null);
          case Credential.AccountKey _ -> () -> minted(client, client::generateSas);
          case Credential.Identity identity -> () -> delegated(connection, identity, client);
        },
        clock);
  }

  private ReadLink.Minted delegated(Connection connection, Credential identity, BlobClient client) {
    var service = access.service(connection, identity, TraceContext.current());
    UserDelegationKey key = delegations.of(connection, service, BEFORE);
    return minted(client, values -> client.generateUserDelegationSas(values, key));
  }

  private ReadLink.Minted minted(
      BlobClient client, Function<BlobServiceSasSignatureValues, String> sign) {
    Instant now = clock.instant();
    Instant end = now.plus(AHEAD);
    var values =
        new BlobServiceSasSignatureValues(
                end.atOffset(ZoneOffset.UTC), new BlobSasPermission().setReadPermission(true))
            .setStartTime(now.minus(BEFORE).atOffset(ZoneOffset.UTC))
            .setProtocol(settings.local() ? SasProtocol.HTTPS_HTTP : SasProtocol.HTTPS_ONLY);
    return new ReadLink.Minted(client.getBlobUrl() + "?" + sign.apply(values), end);
  }
}
