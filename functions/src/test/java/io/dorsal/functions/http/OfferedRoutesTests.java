package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferedRoutesTests {

  private final OfferedRoutes routes = new OfferedRoutes(List.of(Things.class));

  @ParameterizedTest
  @CsvSource({
    "things, '[GET, POST]'",
    "THINGS, '[GET, POST]'",
    "things/7, '[DELETE]'",
    "things/7/parts, '[]'",
    "other, '[]'",
    "'', '[]'"
  })
  void aPathOffersTheMethodsOfItsRoutes(String path, String methods) {
    assertThat(routes.methods(path)).hasToString(methods);
  }

  /** Functions as the app has them. */
  static final class Things {

    void list(@HttpTrigger(name = "r", methods = HttpMethod.GET, route = "things") String r) {}

    void make(@HttpTrigger(name = "r", methods = HttpMethod.POST, route = "things") String r) {}

    void end(
        @HttpTrigger(name = "r", methods = HttpMethod.DELETE, route = "things/{id}") String r) {}

    void rest(@HttpTrigger(name = "r", route = "{*path}") String r) {}
  }
}
