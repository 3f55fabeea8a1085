package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.EveryRow;
import io.dorsal.functions.operations.ParcelsForTests;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.storage.FaultRule;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  void theSecretIsInNoAnswerLogColumnOrMessage(ApiStack api) throws Exception {
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
    answers.addAll(changed(api, admin, archive));
    answers.addAll(troubled(api, archive));
    answers.add(api.get("/health", admin).text());
    answers.add(read(api.stack().api() + "/api/v1" + path + "/events", admin));
    answers.addAll(metrics(api));
    String message = imported(api, "sv=1&sig=SENTINEL&se=2030-01-01");
    answers.add(
        api.await(
            "the message is refused",
            () ->
                api
                    .rows(
                        "select t::text from refused_message t where message_id = '"
                            + message
                            + "'")
                    .stream()
                    .findFirst()
                    .orElse(null)));

    answers.addAll(parcels(api, admin));

    List<String> secrets = new ArrayList<>(List.of(KEY, "MARKER"));
    String signature = archive.sas().replaceFirst(".*sig=([^&]+).*", "$1");
    secrets.add(signature);
    secrets.add(URLDecoder.decode(signature, StandardCharsets.UTF_8));

    assertThat(answers).hasSizeGreaterThan(10);
    List<String> told = new ArrayList<>(secrets);
    told.add("SENTINEL");
    assertNowhere("answers", answers, told);
    assertNowhere("tables", EveryRow.of(api), told);
    // The sender's own message lies in the dead letters as it was sent; all else is Dorsal's word.
    assertFiles(api.stack().directory().logs(), 4, told);
    assertFiles(Objects.requireNonNull(api.stack().serviceBusData().getParent()), 1, secrets);
  }

  private static void assertFiles(Path folder, int least, List<String> secrets) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(least);
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

  /** The store breaks off, then refuses: a worker's exceptions are logged, and told as a cause. */
  private static List<String> troubled(ApiStack api, WrittenArchive archive) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, archive);
    String match = "GET /source/" + archive.container();
    var faults = api.stack().gateway().faults();
    faults.add(new FaultRule(match, null, "RESET", 2));
    faults.add(new FaultRule(match, null, "STATUS 403 AuthenticationFailed", null));
    try {
      String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      Answer paused = api.awaitScan(admin, scan, "PAUSED_AUTH");
      // Its stream ends with it.
      api.call("POST", "/scans/" + scan + "/cancel", admin, null);
      String stream = read(api.stack().api() + "/api/v1/scans/" + scan + "/events", admin);
      assertThat(stream).contains("event: scan.paused");
      List<String> told = new ArrayList<>(parcels(api, admin));
      told.addAll(List.of(paused.text(), api.get("/scans/" + scan + "/log", admin).text(), stream));
      return told;
    } finally {
      faults.clear();
    }
  }

  /** What each kind of process counts. */
  private static List<String> metrics(ApiStack api) throws Exception {
    List<String> read = new ArrayList<>();
    read.add(read(api.stack().api() + "/metrics", api.stack().metricsToken()));
    for (String process : List.of("worker-1", "edge")) {
      read.add(read(api.stack().internal(process) + "/metrics", null));
    }
    assertThat(read).allMatch(text -> text.contains("dorsal_info{"));
    return read;
  }

  /** All that leaves by the audit log's export and in a support bundle of the last hour. */
  private static List<String> parcels(ApiStack api, String admin) throws Exception {
    String hour =
        "{\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    List<String> texts = new ArrayList<>();
    for (Answer asked :
        List.of(
            api.post("/admin/audit/exports", admin, "{\"format\":\"JSON\"}"),
            api.post("/admin/support-bundles", admin, hour))) {
      texts.addAll(ParcelsForTests.parts(api, admin, asked).values());
    }
    assertThat(texts).hasSizeGreaterThan(6).anyMatch(text -> text.contains("connection."));
    return texts;
  }

  private static String read(String address, @Nullable String token) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(address).isEqualTo(200);
      return answer.body();
    }
  }

  /** New secrets: cut, of another account, for a store that does not answer, and good ones. */
  private static List<String> changed(ApiStack api, String admin, WrittenArchive archive) {
    List<String> answers = new ArrayList<>();
    Answer made =
        api.post("/connections", admin, ApiStack.connecting("Changed", archive, archive.sas()));
    String path = "/connections/" + made.at("/id");
    String tag = Objects.requireNonNull(made.headers().get("ETag"));
    for (String secret :
        List.of(
            "sig=MARKER&sig=MARKER",
            "https://other.blob.core.windows.net/c?" + archive.sas(),
            "AccountName=source;AccountKey=" + KEY,
            archive.sas())) {
      String body = "{\"secret\":\"" + secret + "\"}";
      answers.add(api.call("PUT", path + "/secret", admin, body, "If-Match", tag).text());
    }
    answers.add(
        api.call("PATCH", path, admin, "{\"name\":1,\"sig=MARKER\":2}", "If-Match", tag).text());
    String away =
        ApiStack.connecting("Away", archive, "sv=1&sr=c&sp=rl&se=2030-01-01&sig=MARKER")
            .replaceFirst("http://127.0.0.1:[0-9]+", "http://127.0.0.1:1");
    Answer unreachable = api.post("/connections", admin, away);
    answers.add(unreachable.text());
    // What a person types in the wrong field is repeated in a refusal and its log line.
    String good = ApiStack.connecting("Unsigned", archive, archive.sas());
    answers.add(api.post("/scans?sig=MARKER", admin, "{}").text());
    answers.add(api.get("/connections?status=sig=MARKER", admin).text());
    answers.add(api.get("/scans?cursor=sig=MARKER", admin).text());
    answers.add(api.post("/connections", "Bearer MARKER", good).text());
    return answers;
  }

  /** The message itself stays with the broker as it was sent; what Dorsal says of it does not. */
  private static String imported(ApiStack api, String sas) {
    String id = java.util.UUID.randomUUID().toString();
    String body =
        """
        {"specversion":"1.0","id":"1","source":"//x","type":"dorsal.scan.requested",
         "data":{"tenant_id":"%s","source_id":"%s","mode":"AUTO"}}
        """
            .formatted(java.util.UUID.randomUUID(), "https://h/c?" + sas);
    try (var client =
        new com.azure.messaging.servicebus.ServiceBusClientBuilder()
            .connectionString(api.stack().serviceBusConnectionString())
            .sender()
            .queueName(io.dorsal.work.Queues.IMPORT_REQUESTS)
            .buildClient()) {
      client.sendMessage(
          new com.azure.messaging.servicebus.ServiceBusMessage(body).setMessageId(id));
    }
    return id;
  }

  private static void assertNowhere(String where, List<String> texts, List<String> secrets) {
    for (String secret : secrets) {
      assertThat(texts.stream().anyMatch(text -> text.contains(secret)))
          .as("%s holds the secret %s…", where, secret.substring(0, 4))
          .isFalse();
    }
  }
}
