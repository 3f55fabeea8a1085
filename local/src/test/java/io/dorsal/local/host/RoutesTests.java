package io.dorsal.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTests {

  @ParameterizedTest
  @CsvSource({
    "scans/{id}, scans/7, id=7",
    "scans/{id}, scans, ",
    "scans/{id?}, scans, ''",
    "scans/{id}, scans/7/files, ",
    "scans/{id:int}, scans/7, id=7",
    "scans/{id:int}, scans/7x, ",
    "scans/{id:int}, scans/2147483648, ",
    "scans/{id:long}, scans/2147483648, id=2147483648",
    "files/{*path}, files/a/b/c, path=a/b/c",
    "files/{*path}, files, path=",
    "v{major}.{minor}, v1.2, major=1;minor=2",
    "images/{name:alpha}, images/fluke, name=fluke",
    "'images/{name:length(2,4)}', images/fluke, ",
    "'images/{n:range(1,5)}', images/5, n=5",
    "'images/{n:range(1,5)}', images/6, ",
    "'images/{n:regex(^a/?b{{1,2}}$)}', images/abb, n=abb",
    "'images/{n:regex(^a/?b{{1,2}}$)}', images/abbb, ",
  })
  void aPathFitsOrDoesNot(String template, String path, String values) {
    var match = RouteTemplate.parse(template).match(List.of(path.split("/")));

    if (values == null) {
      assertThat(match).isEmpty();
    } else {
      assertThat(match.map(RoutesTests::text)).hasValue(values);
    }
  }

  @Test
  void theMoreSpecificTemplateComesFirst() {
    assertThat(
            Stream.of("{*rest}", "a/{x}", "a/{x:int}", "a/b", "{y}/b", "a/{x}/c")
                .map(RouteTemplate::parse)
                .sorted()
                .map(RouteTemplate::toString))
        .containsExactly("a/b", "a/{x:int}", "a/{x}", "a/{x}/c", "{y}/b", "{*rest}");
  }

  @Test
  void malformedTemplatesAreRefused() {
    assertThatThrownBy(() -> RouteTemplate.parse("a/{b")).hasMessageContaining("Unbalanced");
    assertThatThrownBy(() -> RouteTemplate.parse("a/{b:color}")).hasMessageContaining("color");
  }

  private static String text(Map<String, String> values) {
    return String.join(
        ";", values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
