package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRulesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Transfer-Encoding",
        "X-Dorsal-Signature",
        "x-dorsal-anything",
        "two words",
        "line\r\nbreak",
        ""
      })
  void headersThatCouldChangeTheMessageAreRefused(String name) {
    assertThat(WebhookRules.isHeader(new WebhookHeader(name, "value"))).isFalse();
  }

  @Test
  void aHeadersValueIsOneLineOfAscii() {
    assertThat(WebhookRules.isHeader(new WebhookHeader("Authorization", "Bearer a b"))).isTrue();
    for (String value : List.of("", " a", "a ", "a\r\nX: y", "a\u0000", "Ünlaut")) {
      assertThat(WebhookRules.isHeader(new WebhookHeader("X-A", value))).as(value).isFalse();
    }
  }

  @Test
  void eventsAreCategoriesOrNamesThatAreTold() {
    for (String event :
        List.of(
            "SECURITY",
            "scan.finished",
            "sync.run.finished",
            "quota.warning",
            "connection.broken",
            "tenant.settings.changed",
            "webhook.delivery_dropped")) {
      assertThat(WebhookRules.isEvent(event)).as(event).isTrue();
    }
    for (String event :
        List.of("", "security", "OTHER", "scan", "Scan.finished", "scan.*", "scan.finishd")) {
      assertThat(WebhookRules.isEvent(event)).as(event).isFalse();
    }
    assertThat(WebhookRules.isEvent(null)).isFalse();
  }

  @Test
  void urlsAreAsciiWithoutUserAndFragment() {
    assertThat(WebhookRules.isUrl("https://hooks.example:8443/a?b=c")).isTrue();
    for (String url :
        List.of(
            "",
            "hooks.example",
            "https:///a",
            "https://user:pass@hooks.example/",
            "https://hooks.example/#a",
            "https://hooks.example/\r\nX: y",
            "https://hooks.example/" + "a".repeat(2048))) {
      assertThat(WebhookRules.isUrl(url)).as(url).isFalse();
    }
  }

  @Test
  void everyBrokenRuleIsNamed() {
    List<WebhookHeader> headers =
        IntStream.range(0, 11).mapToObj(i -> new WebhookHeader("X-" + i, "v")).toList();
    assertThatThrownBy(
            () ->
                WebhookRules.check(
                    new WebhookWanted(
                        " ",
                        "x",
                        List.of(),
                        new WebhookWanted.Filters(List.of("no id"), null, null),
                        "too short",
                        headers),
                    true))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(String.valueOf(e.details().get("fields")))
                    .contains("name", "url", "events", "filters", "secret", "headers"));
    // Of a change nothing has to be there.
    WebhookRules.check(new WebhookWanted(null, null, null, null, null, null), false);
  }
}
