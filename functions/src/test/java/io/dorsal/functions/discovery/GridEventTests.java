package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.StorageEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 10, section 2.8: which events count, and what they name. */
class GridEventTests {

  private static final String TOPIC =
      "/subscriptions/7f5c/resourceGroups/whales/providers/Microsoft.Storage/storageAccounts/Photos1";

  @Test
  void aCreatedBlobIsNamedAsItIs() {
    assertThat(
            GridEvent.parse(
                event("BlobCreated", "2024/a b+c%20.jpg", "PutBlob", "https://photos1.blob.x/c/d")))
        .contains(new StorageEvent("e-1", "photos1", "archive", List.of("2024/a b+c%20.jpg")));
  }

  @Test
  void cloudEventsAreTheSame() {
    String cloud =
        """
        {"specversion": "1.0", "id": "e-1", "type": "Microsoft.Storage.BlobDeleted",
         "source": "%s", "subject": "/blobServices/default/containers/archive/blobs/x/y.jpg",
         "data": {}}
        """
            .formatted(TOPIC);
    assertThat(GridEvent.parse(cloud))
        .contains(new StorageEvent("e-1", "photos1", "archive", List.of("x/y.jpg")));
  }

  @ParameterizedTest
  @CsvSource({
    "PutBlob, https://photos1.blob.core.windows.net/archive/x, true",
    "PutBlockList, https://photos1.blob.core.windows.net/archive/x, true",
    "CopyBlob, https://photos1.blob.core.windows.net/archive/x, true",
    "FlushWithClose, https://photos1.dfs.core.windows.net/archive/x, true",
    "CreateFile, https://photos1.dfs.core.windows.net/archive/x, false",
    "PutBlob, https://photos1.dfs.core.windows.net/archive/x, false",
    "CreateFile, https://photos1.blob.core.windows.net/archive/x, false",
    "SftpCreate, https://photos1.blob.core.windows.net/archive/x, false",
    "SftpCommit, https://photos1.blob.core.windows.net/archive/x, true",
  })
  void onlyACompleteFileCounts(String api, String url, boolean counts) {
    assertThat(GridEvent.parse(event("BlobCreated", "x", api, url)).isPresent()).isEqualTo(counts);
  }

  @Test
  void aRenamedFileIsNamedTwice() {
    String renamed =
        """
        {"topic": "%s", "subject": "/blobServices/default/containers/archive/blobs/new/a.jpg",
         "eventType": "Microsoft.Storage.BlobRenamed", "id": "e-1",
         "data": {"api": "RenameFile",
           "sourceUrl": "https://photos1.dfs.core.windows.net/archive/old%%20place/a+b.jpg",
           "destinationUrl": "https://photos1.dfs.core.windows.net/archive/new/a.jpg"}}
        """
            .formatted(TOPIC);
    assertThat(GridEvent.parse(renamed).orElseThrow().paths())
        .containsExactly("old place/a+b.jpg", "new/a.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BlobTierChanged", "DirectoryCreated", "BlobPropertiesUpdated"})
  void otherKindsMeanNothing(String kind) {
    assertThat(GridEvent.parse(event(kind, "x", "PutBlob", "https://a.blob.b/c/x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{}",
        "{\"eventType\": \"Microsoft.Storage.BlobDeleted\", \"id\": \"e\"}",
        "{\"eventType\": \"Microsoft.Storage.BlobDeleted\", \"id\": \"e\",\"topic\":"
            + " \"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v\",\"subject\":"
            + " \"/blobServices/default/containers/archive/blobs/x\"}",
        "{\"eventType\": \"Microsoft.Storage.BlobRenamed\", \"id\": \"e\","
            + "\"data\": {\"sourceUrl\": \"::\", \"destinationUrl\": \"\"}}"
      })
  void whatCannotBeReadIsLeftOut(String text) {
    assertThat(GridEvent.parse(text)).isEmpty();
  }

  private static String event(String kind, String path, String api, String url) {
    return """
    {"topic": "%s", "subject": "/blobServices/default/containers/archive/blobs/%s",
     "eventType": "Microsoft.Storage.%s", "eventTime": "2026-11-21T06:00:00Z", "id": "e-1",
     "data": {"api": "%s", "url": "%s"}, "dataVersion": "", "metadataVersion": "1"}
    """
        .formatted(TOPIC, path, kind, api, url);
  }
}
