package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Support bundles and exports of the audit log, from the asking to what is in them. */
public final class ParcelsForTests {

  private ParcelsForTests() {}

  /** The texts in what was asked for, by their names. */
  public static Map<String, String> parts(ApiStack api, String token, Answer asked)
      throws IOException, InterruptedException {
    return parts(download(ready(api, token, asked).at("/link")));
  }

  /** Waits until it is packed. */
  static Answer ready(ApiStack api, String token, Answer asked) {
    assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    String path = String.valueOf(asked.headers().get("Location")).replaceFirst("^/api/v1", "");
    return api.await(
        "packed",
        () -> {
          Answer now = api.get(path, token);
          assertThat(now.at("/state")).isNotEqualTo("FAILED");
          return now.at("/state").equals("READY") ? now : null;
        });
  }

  static byte[] download(String link) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  static Map<String, String> parts(byte[] bytes) throws IOException {
    Map<String, String> parts = new TreeMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }
}
