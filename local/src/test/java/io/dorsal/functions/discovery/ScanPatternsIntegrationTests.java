package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a scanned archive is named after, over the API. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class ScanPatternsIntegrationTests {

  private static final String TENANT = ApiStack.tenant();
  private static String admin;
  private static String path;
  private static JsonNode found;

  @BeforeAll
  static void scanOnce(ApiStack api) throws InterruptedException {
    admin = api.token(TENANT, "TENANT_ADMIN");
    String source = api.source(admin, api.archive(400));
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(admin, scan, "COMPLETED");
    path = "/scans/" + scan;
    long end = System.nanoTime() + 30_000_000_000L;
    do {
      Thread.sleep(100);
      found = api.get(path + "/patterns", admin).body();
    } while (found.path("detected_at").isNull() && System.nanoTime() < end);
  }

  @Test
  void theHabitsOfTheDemosPhotographersAreFound() {
    assertThat(patterns(found))
        .contains(
            "/*{year}*/",
            "/*/{date:YYYY-MM-DD}*/",
            "/*/{date:MM-DD-YYYY}*/",
            "/*/{date:DD-MM-YYYY}*/",
            "/*/*by {photographer}/",
            "/*/*/{date:YYYYMMDD}*/",
            "/*/*/{date:DDMMMYYYY}/",
            "IMG_{seq:4}",
            "*{date:YYYYMMDD}*");
    for (JsonNode pattern : found.path("items")) {
      assertThat(pattern.path("confidence").asDouble()).isBetween(0.3, 1.0);
      assertThat(pattern.path("samples").size()).isBetween(1, 20);
    }
  }

  @Test
  void typeAndConfidenceNarrow(ApiStack api) {
    JsonNode dates = api.get(path + "/patterns?type=DATE&min_confidence=0.5", admin).body();
    assertThat(dates.path("items")).isNotEmpty();
    for (JsonNode date : dates.path("items")) {
      assertThat(date.path("type").asString()).isEqualTo("DATE");
      assertThat(date.path("confidence").asDouble()).isGreaterThanOrEqualTo(0.5);
    }
    assertThat(api.get(path + "/patterns?min_confidence=2", admin).status()).isEqualTo(400);
    assertThat(api.get(path + "/patterns?type=COLOR", admin).status()).isEqualTo(400);
  }

  @Test
  void theSummaryCountsThemForEverybody(ApiStack api) {
    String viewer = api.token(TENANT, "VIEWER");
    JsonNode counted = api.get(path + "/summary", viewer).body().path("patterns");
    long all = 0;
    for (JsonNode type : counted) {
      all += type.path("patterns").asLong();
    }
    assertThat(all).isEqualTo(found.path("items").size());
    assertThat(api.get(path + "/patterns", viewer).status()).isEqualTo(403);
    String stranger = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.get(path + "/patterns", stranger).status()).isEqualTo(404);
  }

  private static List<String> patterns(JsonNode list) {
    List<String> patterns = new ArrayList<>();
    list.path("items").forEach(item -> patterns.add(item.path("pattern").asString()));
    return patterns;
  }
}
