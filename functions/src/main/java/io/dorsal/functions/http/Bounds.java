package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.RequestBounds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses calls that are too large to be read, before anything else is looked at. */
final class Bounds {

  private Bounds() {}

  static void check(HttpRequestMessage<?> request) {
    String query = request.getUri().getRawQuery();
    String path = request.getUri().getRawPath();
    RequestBounds.checkUrl(query == null ? path : path + "?" + query);
    Map<String, List<String>> headers = new HashMap<>();
    request.getHeaders().forEach((name, value) -> headers.put(name, List.of(value)));
    RequestBounds.checkHeaders(headers);
    checkBody(request);
  }

  static void checkBody(HttpRequestMessage<?> request) {
    if (request.getBody() instanceof Optional<?> some && some.orElse(null) instanceof String body) {
      RequestBounds.checkBody(body);
    }
  }
}
