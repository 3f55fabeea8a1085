package io.dorsal.local.host;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTTP request, read whole.
 *
 * @param headers by lower-case name, several values joined by commas, as the real host hands them
 *     on
 * @param query decoded, several values joined by commas
 */
record HttpCall(
    String method, URI uri, Map<String, String> headers, Map<String, String> query, Body body) {

  /** The real host's limit. */
  static final int MAX_BODY = 100 * 1024 * 1024;

  /** The body is longer than {@link #MAX_BODY}. */
  static final class TooLarge extends IOException {}

  static HttpCall read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new TooLarge();
    }
    Headers sent = exchange.getRequestHeaders();
    Map<String, String> headers = new LinkedHashMap<>();
    sent.forEach((name, values) -> headers.put(lower(name), String.join(",", values)));
    // As the platform's front end does.
    InetSocketAddress peer = exchange.getRemoteAddress();
    String address = peer.getAddress().getHostAddress() + ":" + peer.getPort();
    headers.merge("x-forwarded-for", address, (before, last) -> before + ", " + last);
    String host = sent.getFirst("Host");
    if (host == null) {
      host = "127.0.0.1:" + exchange.getLocalAddress().getPort();
    }
    URI relative = exchange.getRequestURI();
    String query = relative.getRawQuery();
    URI uri =
        URI.create("http://" + host + relative.getRawPath() + (query == null ? "" : "?" + query));
    return new HttpCall(exchange.getRequestMethod(), uri, headers, parse(query), new Body(body));
  }

  /** What {@code @BindingName} may ask for: route values first, then the query's. */
  Map<String, @Nullable Object> metadata(Map<String, String> routeValues) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(query);
    metadata.put("Query", JsonMapper.shared().writeValueAsString(query));
    metadata.put("Headers", JsonMapper.shared().writeValueAsString(headers));
    metadata.putAll(routeValues);
    return metadata;
  }

  private static Map<String, String> parse(@Nullable String rawQuery) {
    Map<String, String> query = new LinkedHashMap<>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (!pair.isEmpty()) {
          query.merge(name, value, (first, next) -> first + "," + next);
        }
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
