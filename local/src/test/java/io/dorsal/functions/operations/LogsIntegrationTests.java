package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.local.ServersForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** 40, section 10: what the logs of running processes hold, and what never. */
@ExtendWith(ApiStack.Started.class)
class LogsIntegrationTests {

  /** Section 10: one JSON object per line, one line per request. */
  @Test
  void theLogsAreJsonAndTellOfEachRequestOnce(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String request = "log-test-" + UUID.randomUUID();
    String missing = "/scans/" + UUID.randomUUID();
    assertThat(api.call("GET", missing, admin, null, "X-Request-Id", request).status())
        .isEqualTo(404);
    api.call("GET", "/health", null, null, "X-Request-Id", request);

    List<JsonNode> lines = lines(api, "functions");
    List<JsonNode> ours =
        lines.stream()
            .filter(line -> line.path("request_id").asString("").equals(request))
            .toList();
    assertThat(ours).hasSize(1);
    JsonNode line = ours.getFirst();
    assertThat(line.path("level").asString()).isEqualTo("INFO");
    assertThat(line.path("code").asString()).isEqualTo("NOT_FOUND");
    assertThat(line.path("duration_ms").isNumber()).isTrue();
    assertThat(line.path("service").asString()).isEqualTo("dorsal-functions");
    assertThat(line.path("instance").asString()).isEqualTo("functions");
    assertThat(line.path("tenant_id").asString()).hasSize(36);
    assertThat(line.path("trace_id").asString()).hasSize(32);
    for (String process : List.of("worker-1", "edge")) {
      List<JsonNode> theirs = lines(api, process);
      assertThat(theirs).isNotEmpty();
      assertThat(theirs)
          .allSatisfy(
              one ->
                  assertThat(one.propertyNames())
                      .contains("ts", "level", "logger", "message", "service", "instance"));
    }
  }

  /** 40-24, 40-21: what a worker writes as an argument of a line is written without the secret. */
  @Test
  void aSecretThatIsAnArgumentOfAWorkersLineIsTakenOut(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, api.archive(20));
    String secret = "PLANTED" + UUID.randomUUID().toString().replace("-", "");
    String trap = "planted_" + UUID.randomUUID().toString().replace("-", "");
    api.stack().stop("worker-1");
    String scan;
    try {
      scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      // The database fails with the secret in its words when a worker takes up this scan.
      asOwner(
          api,
          """
          create function dorsal.%1$s() returns trigger language plpgsql as $$ begin
            if new.resource like 'scan/%2$s%%' then
              raise exception 'lost sv=1&sig=%3$s' using errcode = '53200';
            end if;
            return new;
          end $$;
          create trigger %1$s before insert or update on dorsal.lease
            for each row execute function dorsal.%1$s()
          """
              .formatted(trap, scan, secret));
    } finally {
      api.stack().cont("worker-1");
    }
    try {
      JsonNode line =
          api.await(
              "the worker's line",
              () ->
                  lines(api, "worker-1").stream()
                      .filter(each -> each.path("message").asString().contains("lost sv=1"))
                      .filter(each -> each.path("logger").asString().endsWith(".QueueIntake"))
                      .findFirst()
                      .orElse(null));
      assertThat(line.path("message").asString())
          .startsWith("The database is away, tried again in")
          .contains("sig=***");
      assertThat(line.path("tenant_id").asString()).hasSize(36);
      assertThat(line.path("job_id").asString()).isNotEmpty();
    } finally {
      asOwner(api, "drop function dorsal." + trap + " cascade");
    }
    api.awaitScan(admin, scan, "COMPLETED");
    assertThat(Files.readString(api.stack().process("worker-1").log()))
        .contains("sig=***")
        .doesNotContain(secret);
  }

  private static void asOwner(ApiStack api, String change) throws SQLException {
    try (var pool = ServersForTests.Postgres.pool(api.stack().database().migration());
        var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(change);
    }
  }

  private static List<JsonNode> lines(ApiStack api, String process) throws IOException {
    return Files.readAllLines(api.stack().process(process).log()).stream()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }
}
