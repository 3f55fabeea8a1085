package io.dorsal.local.host;

import com.sun.net.httpserver.HttpExchange;
import io.dorsal.problem.GeneralProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The API's description as a page to read and try, at {@code /docs}; it needs no network beyond
 * this host. Thread-safe.
 */
final class DocsPage {

  private static final String PATH = "/docs";
  private static final Map<String, String> FILES =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Dorsal API</title>
        <link rel="icon" href="/docs/favicon-32x32.png">
        <link rel="stylesheet" href="/docs/swagger-ui.css">
      </head>
      <body>
        <main id="page"></main>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script>
          SwaggerUIBundle({url: "/api/v1/openapi.json", dom_id: "#page", deepLinking: true,
            persistAuthorization: false, validatorUrl: null});
        </script>
      </body>
      </html>
      """;

  private DocsPage() {}

  static boolean takes(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  static void answer(HttpExchange exchange) throws IOException {
    String file =
        exchange.getRequestURI().getPath().substring(PATH.length()).replaceFirst("^/", "");
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      Refusal.send(exchange, GeneralProblem.METHOD_NOT_ALLOWED, "A page is read by GET.");
      return;
    }
    byte[] bytes = file.isEmpty() ? PAGE.getBytes(StandardCharsets.UTF_8) : read(file);
    if (bytes == null) {
      Refusal.send(exchange, GeneralProblem.NOT_FOUND, "The page has no such file.");
      return;
    }
    String type = file.isEmpty() ? "text/html; charset=utf-8" : FILES.get(file);
    exchange.getResponseHeaders().set("Content-Type", Objects.requireNonNull(type));
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte @Nullable [] read(String file) throws IOException {
    if (!FILES.containsKey(file)) {
      return null;
    }
    var about = new Properties();
    try (InputStream in = resource("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      about.load(in);
    }
    String version = about.getProperty("version");
    try (InputStream in =
        resource("/META-INF/resources/webjars/swagger-ui/" + version + "/" + file)) {
      return in.readAllBytes();
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(DocsPage.class.getResourceAsStream(name), name);
  }
}
