package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Section 2.9: names of 1,024 characters, whatever their bytes, go the whole way. */
@ExtendWith(ApiStack.Started.class)
class LongNamesIntegrationTests {

  private static final String WHALE = "\ud83d\udc0b";
  private static final String FOLDER = (WHALE.repeat(99) + "/").repeat(3);

  /** 1,024 characters of 4 bytes; they differ behind what any index holds. */
  private static final List<String> NAMES =
      List.of(FOLDER + WHALE.repeat(719) + "a.jpg", FOLDER + WHALE.repeat(719) + "b.jpg");

  @Test
  void namesOfFourThousandBytesAreListedInspectedAndShown(ApiStack api) {
    WrittenArchive archive = api.archive(1);
    var container = api.stack().containers().client(archive.account_name(), archive.container());
    byte[] photograph = DemoArchive.light(3, 40).plan(0).bytes();
    for (String name : NAMES) {
      assertThat(name.codePointCount(0, name.length())).isEqualTo(1_024);
      container.getBlobClient(name).upload(BinaryData.fromBytes(photograph), true);
    }
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, archive);
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(admin, scan, "COMPLETED");

    assertThat(
            paged(api, admin, "/scans/" + scan + "/files?path_prefix=" + encoded(WHALE), "items"))
        .extracting(file -> nameOf(file) + " " + file.at("/state").asString())
        .containsExactly("0 INSPECTED", "1 INSPECTED");
    assertThat(paged(api, admin, "/scans/" + scan + "/tree?path=" + encoded(FOLDER), "children"))
        .extracting(LongNamesIntegrationTests::nameOf)
        .containsExactly(0, 1);
    assertThat(api.get("/scans/" + scan, admin).body().at("/progress/listed").asInt()).isEqualTo(3);
  }

  /** Which of the names it is; -1 for none. */
  private static int nameOf(JsonNode file) {
    return NAMES.indexOf(file.at("/path").asString());
  }

  private static List<JsonNode> paged(ApiStack api, String token, String list, String member) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          api.get(list + "&limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor), token);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.body().path(member).forEach(all::add);
      cursor = page.at("/next_cursor");
    } while (!cursor.isEmpty());
    return all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
