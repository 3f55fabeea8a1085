package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A secret given to Dorsal is found nowhere again. */
@ExtendWith(ApiStack.Started.class)
class SecretsIntegrationTests {

  /** Base64 of 64 bytes, as an account key; the plain words are searched for as well. */
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString("MARKER-".repeat(10).substring(0, 64).getBytes(StandardCharsets.UTF_8));

  @Test
  void theSecretIsInNoAnswerLogColumnOrMessage(ApiStack api) throws IOException {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(40);
    List<String> answers = new ArrayList<>();
    String source = api.source(admin, archive);
    Answer scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}");
    String path = "/scans/" + scan.at("/id");
    answers.add(scan.text());
    answers.add(api.awaitScan(admin, scan.at("/id"), "COMPLETED").text());
    for (String list : List.of("/connections", "/sources", "/scans", path + "/files")) {
      answers.add(api.get(list, admin).text());
    }
    answers.addAll(clumsy(api, admin, archive));

    List<String> secrets = new ArrayList<>(List.of(KEY, "MARKER"));
    String signature = archive.sas().replaceFirst(".*sig=([^&]+).*", "$1");
    secrets.add(signature);
    secrets.add(URLDecoder.decode(signature, StandardCharsets.UTF_8));

    assertThat(answers).hasSizeGreaterThan(10);
    assertNowhere("answers", answers, secrets);
    assertNowhere("tables", tables(api), secrets);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> logs = Files.list(api.stack().directory().logs())) {
      logs.forEach(files::add);
    }
    try (Stream<Path> bus = Files.list(api.stack().serviceBusData().getParent())) {
      bus.forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(5);
    for (Path file : files) {
      // One byte a character, so that binary files can be searched too.
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertNowhere(file.toString(), List.of(content), secrets);
    }
  }

  /** Secrets in the wrong place, cut, or of somebody else. */
  private static List<String> clumsy(ApiStack api, String admin, WrittenArchive archive) {
    List<String> bodies = new ArrayList<>();
    String good = ApiStack.connecting("Clumsy", archive, archive.sas());
    bodies.add(good.replace("AZURE_BLOB", "OTHER"));
    bodies.add(ApiStack.connecting("A", archive, archive.sas() + "&sig=MARKER"));
    bodies.add(ApiStack.connecting("B", archive, "sv=2026-02-06&sp=rl&sr=c&sig=MARKER"));
    bodies.add(
        ApiStack.connecting("C1", archive, "sv=2026-02-06&se=2030-01-01&sp=rl&sr=c&sig=MARKER"));
    bodies.add(
        ApiStack.connecting(
            "D", archive, "https://other.blob.core.windows.net/c?" + archive.sas()));
    bodies.add("{\"" + archive.sas() + "\": 1}");
    bodies.add("{\"secret\": " + archive.sas() + "}");
    bodies.add("{\"secret\": [\"" + archive.sas() + "\"]}");
    bodies.add(
        ApiStack.connecting("E", archive, "AccountName=source;AccountKey=" + KEY)
            .replace("SAS_TOKEN", "CONNECTION_STRING"));
    bodies.add(
        ApiStack.connecting("F", archive, "AccountName=source;AccountKey=MARKER")
            .replace("SAS_TOKEN", "CONNECTION_STRING"));
    List<String> answers = new ArrayList<>();
    for (String body : bodies) {
      answers.add(api.post("/connections", admin, body).text());
    }
    return answers;
  }

  private static List<String> tables(ApiStack api) {
    List<String> rows = new ArrayList<>();
    List<String> names =
        api.rows(
            """
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname in ('dorsal', 'batch')
            """);
    assertThat(names).hasSizeGreaterThan(12);
    for (String name : names) {
      rows.addAll(api.rows("select t::text from " + name + " t"));
      // Bytes as text too: what is sealed must not be the secret in plain.
      if (name.equals("dorsal.connection")) {
        rows.addAll(
            api.rows(
                "select encode(sealed_secret, 'escape') || encode(wrapped_key, 'escape') from "
                    + name));
      }
    }
    return rows;
  }

  private static void assertNowhere(String where, List<String> texts, List<String> secrets) {
    for (String secret : secrets) {
      assertThat(texts.stream().anyMatch(text -> text.contains(secret)))
          .as("%s holds the secret %s…", where, secret.substring(0, 4))
          .isFalse();
    }
  }
}
