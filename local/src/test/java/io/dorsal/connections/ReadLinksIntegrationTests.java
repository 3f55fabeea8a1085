package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.storage.RequestLog;
import io.dorsal.local.storage.StorageAccounts;
import io.dorsal.operations.TraceContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** An account key stays with Dorsal: the store gets a token for one file at a time. */
@ExtendWith(ServersForTests.class)
class ReadLinksIntegrationTests {

  private static final int FILES = 3;

  /**
   * Scenario 6, as far as there is no sync yet: three images are copied as sync will copy them;
   * each source URL in the gateway's log has sp=r, sr=b, its own blob and a lifetime of 65 minutes.
   */
  @Test
  void eachCopiedFileIsReadByATokenOfItsOwn(ServersForTests.Storage storage, @TempDir Path folder) {
    String name = "links-" + UUID.randomUUID();
    BlobContainerClient owner = storage.containers().client(StorageAccounts.SOURCE, name);
    owner.create();
    storage.containers().client(StorageAccounts.STORE, name).create();
    String key = storage.accounts().key(StorageAccounts.SOURCE);
    String endpoint = storage.containers().endpoint(StorageAccounts.SOURCE);
    Credential credential =
        Credential.parse(
            AuthType.CONNECTION_STRING,
            "AccountName=source;AccountKey=" + key + ";BlobEndpoint=" + endpoint);
    Connection connection = ConnectionsForTests.unsaved(UUID.randomUUID(), endpoint, List.of(name));
    var settings =
        new ConnectionSettings("local", folder.resolve("key"), List.of(), Duration.ofSeconds(30));
    var access = ConnectionsForTests.access(settings);
    var links = new ReadLinks(access, settings, Clock.systemUTC());
    long before = storage.gateway().log().since(Long.MAX_VALUE).next();

    for (int i = 0; i < FILES; i++) {
      String path = "2024/é " + i + ".jpg";
      owner.getBlobClient(path).upload(BinaryData.fromString("image " + i));
      String etag = owner.getBlobClient(path).getProperties().getETag();
      copy(storage, name)
          .run("a test", TraceContext.start())
          .copy(
              new CopyOriginal(
                  links.to(connection, credential, name, path),
                  AuthType.CONNECTION_STRING,
                  etag,
                  ("image " + i).length(),
                  null,
                  null,
                  (offset, length) -> new byte[0]),
              "copied-" + i);
    }

    List<RequestLog.Entry> requests = storage.gateway().log().since(before).entries();
    List<String> sources = new ArrayList<>();
    for (RequestLog.Entry request : requests) {
      assertThat(request.toString()).doesNotContain(key);
      if (request.copySource() != null) {
        sources.add(Objects.requireNonNull(request.copySource()));
      }
    }
    assertThat(sources).hasSize(FILES);
    for (int i = 0; i < FILES; i++) {
      String source = sources.get(i);
      assertThat(source).contains("/source/" + name + "/2024%2F%C3%A9%20" + i + ".jpg?");
      SasToken token = SasToken.parse(source);
      assertThat(token.parameters())
          .containsEntry("sp", "r")
          .containsEntry("sr", "b")
          .doesNotContainKey("sip");
      assertThat(Duration.between(token.startsAt().orElseThrow(), token.expiresAt().orElseThrow()))
          .isEqualTo(Duration.ofMinutes(65));
    }
  }

  private static ServerSideCopy copy(ServersForTests.Storage storage, String container) {
    var settings =
        new StoreSettings(
            storage.containers().endpoint(StorageAccounts.STORE),
            storage.accounts().key(StorageAccounts.STORE),
            container);
    var store =
        new OwnStore(
            settings, new StaticListableBeanFactory().getBeanProvider(TokenCredential.class));
    return new ServerSideCopy(store, Clock.systemUTC());
  }
}
