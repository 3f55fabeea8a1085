package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asking for a scan, also twice, and taking it back. */
@ExtendWith(ApiStack.Started.class)
class ScanStartIntegrationTests {

  @Test
  void theSameKeyAndBodyGiveTheSameAnswer(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String body = "{\"source_id\":\"" + api.source(admin, api.archive(5)) + "\"}";
    String key = UUID.randomUUID().toString();

    Answer first = start(api, admin, body, key);
    Answer replayed = start(api, admin, body, key);
    api.awaitScan(admin, first.at("/id"), "COMPLETED");
    Answer late = start(api, admin, body, key);
    Answer reused = start(api, admin, body.replace("}", ",\"mode\":\"FULL\"}"), key);

    assertThat(first.status()).as(first.text()).isEqualTo(202);
    assertThat(replayed.text()).isEqualTo(first.text());
    assertThat(replayed.headers().get("Location")).isEqualTo(first.headers().get("Location"));
    assertThat(late.text()).isEqualTo(first.text());
    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.at("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    // The key opens the answer to nobody else.
    assertThat(start(api, api.token(tenant, "VIEWER"), body, key).status()).isEqualTo(403);
    assertThat(api.get("/scans", admin).body().path("items")).hasSize(1);
  }

  @Test
  void withoutAKeyNothingStarts(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    Answer refused = api.call("POST", "/scans", admin, "{}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/code")).isEqualTo("IDEMPOTENCY_KEY_REQUIRED");
  }

  @Test
  void ofManyAtOnceOneStartsAndTheOthersLearnWhich(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String body = "{\"source_id\":\"" + api.source(admin, api.archive(200)) + "\"}";
    List<Answer> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> calls =
          IntStream.range(0, 6)
              .<Callable<Answer>>mapToObj(
                  i -> () -> start(api, admin, body, UUID.randomUUID().toString()))
              .toList();
      answers = threads.invokeAll(calls).stream().map(future -> future.resultNow()).toList();
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 202)
        .allMatch(answer -> answer.status() == 409)
        .allMatch(answer -> answer.at("/code").equals("SCAN_ALREADY_RUNNING"));
  }

  @Test
  void aBadPatternIsRefusedWithItsPosition(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, api.archive(5));
    Answer refused =
        api.post(
            "/scans", admin, "{\"source_id\":\"%s\",\"include\":[\"a/{b\"]}".formatted(source));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("GLOB_INVALID");
    assertThat(refused.body().at("/details/position").asInt()).isEqualTo(3);
  }

  @Test
  void aCanceledScanStaysCanceledAndFreesItsSource(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String body = "{\"source_id\":\"" + api.source(admin, api.archive(400)) + "\"}";
    String scan = api.post("/scans", admin, body).at("/id");

    Answer canceled = api.post("/scans/" + scan + "/cancel", admin, null);

    assertThat(canceled.status()).as(canceled.text()).isEqualTo(202);
    assertThat(canceled.at("/state")).isEqualTo("CANCELED");
    assertThat(api.post("/scans/" + scan + "/cancel", admin, null).at("/code"))
        .isEqualTo("SCAN_STATE");
    Answer again = api.post("/scans", admin, body);
    assertThat(again.status()).as(again.text()).isEqualTo(202);
    api.awaitScan(admin, again.at("/id"), "COMPLETED");
    assertThat(api.get("/scans/" + scan, admin).at("/state")).isEqualTo("CANCELED");
    Answer list = api.get("/scans?limit=1", admin);
    assertThat(list.at("/items/0/id")).isEqualTo(again.at("/id"));
    Answer rest = api.get("/scans?limit=1&cursor=" + list.at("/next_cursor"), admin);
    assertThat(rest.at("/items/0/id")).isEqualTo(scan);
    assertThat(rest.body().path("next_cursor").isNull()).isTrue();
    assertThat(api.get("/scans?state=CANCELED", admin).body().path("items")).hasSize(1);
  }

  private static Answer start(ApiStack api, String token, String body, String key) {
    return api.call("POST", "/scans", token, body, "Idempotency-Key", key);
  }
}
