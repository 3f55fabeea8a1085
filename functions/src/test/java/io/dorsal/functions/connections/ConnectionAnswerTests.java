package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.connections.AuthType;
import io.dorsal.connections.Capabilities;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionKind;
import io.dorsal.connections.ConnectionRequest;
import io.dorsal.connections.ConnectionStatus;
import io.dorsal.functions.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectionAnswerTests {

  @Test
  void theSecretIsSetAndNotShown() {
    byte[] marker = "MARKER".getBytes(StandardCharsets.UTF_8);
    var connection =
        new Connection(
            new UUID(0, 1),
            3,
            new UUID(0, 2),
            "Name",
            "name",
            ConnectionKind.AZURE_BLOB,
            AuthType.SAS_TOKEN,
            "account",
            "https://account.blob.core.windows.net",
            List.of(),
            ConnectionStatus.OK,
            null,
            "ss=b&srt=sco&sp=rl&se=2027-01-31",
            2,
            "01234567",
            marker,
            marker,
            "file:",
            Capabilities.UNKNOWN,
            null,
            null,
            "somebody",
            Instant.EPOCH,
            Instant.EPOCH,
            null);

    String answer = Json.write(ConnectionAnswer.of(connection));

    assertThat(answer)
        .contains("\"secret_set\":true", "\"secret_version\":2", "\"list_containers\":\"UNKNOWN\"")
        .doesNotContain("MARKER", Base64.getEncoder().encodeToString(marker), "sealed", "wrapped");
  }

  @Test
  void aRequestInALogLineHidesItsSecret() {
    var request = new ConnectionRequest("n", null, null, null, null, "MARKER", null);
    assertThat(request.toString() + new ConnectionFunctions.NewSecret("MARKER"))
        .doesNotContain("MARKER");
  }
}
