package io.dorsal.connections;

import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.operations.TraceContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** Connections as they lie in the database, and containers as a scan opens them. */
public final class ConnectionsForTests {

  private ConnectionsForTests() {}

  /** A container opened with a SAS, without retries, as {@link BlobAccess} opens it for work. */
  public static BlobContainerClient container(String endpoint, String container, SasToken sas) {
    var settings =
        new ConnectionSettings("local", Path.of("unused.key"), List.of(), Duration.ofSeconds(30));
    return access(settings)
        .container(
            unsaved(UUID.randomUUID(), endpoint, List.of(container)),
            new Credential.Sas(sas),
            container,
            TraceContext.start());
  }

  /** Opens containers without an identity. */
  static BlobAccess access(ConnectionSettings settings) {
    var vault = new SecretVault(List.of(new KeyFile(settings.keyFile())));
    return new BlobAccess(
        new ConnectionSecrets(vault, _ -> new byte[32], new KeyPartFiles(settings.keyFile())),
        settings,
        null,
        BlobAccess.http(settings.storageTimeout()));
  }

  /** The links that a check or a sync of the local profile hands to the store. */
  static ReadLinks links() {
    var settings =
        new ConnectionSettings("local", Path.of("unused.key"), List.of(), Duration.ofSeconds(30));
    return new ReadLinks(access(settings), settings, Clock.systemUTC());
  }

  /** A connection with a token that is sealed as these rooms seal, not yet saved. */
  public static Connection sealed(ApplicationContext rooms, UUID tenantId, String endpoint) {
    var token = SasToken.parse("sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=c2ln");
    return rooms
        .getBean(ConnectionSecrets.class)
        .sealed(
            unsaved(tenantId, endpoint, List.of("photos")),
            new Credential.Sas(token),
            Instant.now().truncatedTo(ChronoUnit.MICROS));
  }

  /** A connection without a usable secret that passed its check. */
  public static Connection unsaved(UUID tenantId, String endpoint, List<String> containers) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    UUID id = UUID.randomUUID();
    return new Connection(
        id,
        null,
        tenantId,
        "archive " + id,
        "archive " + id,
        ConnectionKind.AZURE_BLOB,
        AuthType.SAS_TOKEN,
        "source",
        endpoint,
        containers,
        ConnectionStatus.OK,
        null,
        null,
        1,
        "00000000",
        new byte[] {1},
        new byte[] {1},
        "",
        new Capabilities(Capability.OK, Capability.UNKNOWN, Capability.OK, Capability.UNKNOWN),
        null,
        null,
        "ann",
        now,
        now,
        null);
  }

  /** The same connection that signs in another way. */
  static Connection signingIn(Connection known, AuthType type) {
    return known.withSecret(
        type,
        new SealedSecret(new byte[] {1}, new byte[] {1}, ""),
        "00000000",
        null,
        Instant.now());
  }
}
