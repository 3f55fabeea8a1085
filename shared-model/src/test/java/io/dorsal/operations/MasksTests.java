package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What audit entries keep of a change. */
class MasksTests {

  private static String kept(Object from, Object to) {
    return JsonMapper.shared()
        .writeValueAsString(Masks.changed(Map.of("member", to), Map.of("member", from)));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** 40 section 4: all changes are audited with old and new value. */
  @Test
  void limitOfTokensIsKeptWhateverItIsWrittenIn() {
    assertThat(kept(json("{\"token\":1000}"), json("{\"token\":900,\"user\":5000}")))
        .isEqualTo("{\"member\":{\"token\":900,\"user\":5000}}");
    assertThat(kept(Map.of("token", 1000), Map.of("token", 900)))
        .isEqualTo("{\"member\":{\"token\":900}}");
  }

  @Test
  void secretIsHiddenHoweverDeepItLies() {
    for (Object planted :
        List.of(
            json("{\"token\":\"planted\"}"),
            json("[{\"inner\":{\"api_key\":\"planted\"}}]"),
            json("{\"passwords\":[\"planted\"]}"),
            json("{\"credential\":{\"value\":\"planted\"}}"),
            Map.of("client_secret", "planted"),
            List.of(Map.of("account_key", "planted")),
            Map.of("private", new Pair("planted")))) {
      assertThat(kept("", planted)).doesNotContain("planted").contains("***");
    }
  }

  @Test
  void whatIsNoSecretStaysAsItIs() {
    assertThat(kept("", Arrays.asList(1, null, true, "text", new Pair("text"))))
        .isEqualTo("{\"member\":[1,null,true,\"text\",{\"value\":\"text\"}]}");
    assertThat(kept("", json("{\"token\":null,\"has_secret\":true}")))
        .isEqualTo("{\"member\":{\"token\":null,\"has_secret\":true}}");
  }

  @Test
  void whatWasTakenAwayIsNull() {
    Map<String, @Nullable Object> now = new HashMap<>();
    now.put("secret", null);
    assertThat(JsonMapper.shared().writeValueAsString(Masks.changed(now, Map.of("secret", "x"))))
        .isEqualTo("{\"secret\":null}");
  }

  @Test
  void whatDidNotChangeIsLeftOut() {
    assertThat(Masks.changed(Map.of("kept", 1, "days", 7), Map.of("kept", 1, "days", 30)))
        .containsOnlyKeys("days");
  }

  private record Pair(String value) {}
}
