package io.dorsal.connections;

import io.dorsal.problem.ProblemException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A shared access signature, parsed. Azure's parameter names are kept: {@code sp} permissions,
 * {@code se} expiry, {@code st} start, {@code srt} resource types, {@code ss} services, {@code sr}
 * resource, {@code sip} addresses.
 *
 * @param text the cleaned token as it is appended to a URL; secret
 * @param parameters decoded, in the order of the token, without {@code sig}
 * @param endpoint scheme, host, port and, for an emulator, account path of a pasted SAS URL
 * @param container the container of a pasted SAS URL
 */
public record SasToken(
    String text,
    Map<String, String> parameters,
    @Nullable String endpoint,
    @Nullable String container) {

  /**
   * Reads a token or a whole SAS URL as people paste it: outer blanks, quotes, line breaks, one
   * leading {@code ?} and escaped ampersands are cleaned away.
   *
   * @throws ProblemException SAS_MALFORMED for a repeated parameter, no {@code sig}, or neither
   *     {@code se} nor {@code si}, or a time that is none
   */
  public static SasToken parse(String pasted) {
    String cleaned =
        pasted
            .replaceAll("[\\r\\n]", "")
            .strip()
            .replaceAll("^[\"']+|[\"']+$", "")
            .strip()
            .replace("&amp;", "&");
    String endpoint = null;
    String container = null;
    String token = cleaned;
    if (cleaned.startsWith("https://") || cleaned.startsWith("http://")) {
      int query = cleaned.indexOf('?');
      if (query < 0) {
        throw malformed("The URL has no SAS token behind a question mark.");
      }
      token = cleaned.substring(query + 1);
      URI uri = uriOf(cleaned.substring(0, query));
      BlobLocation location = BlobLocation.of(uri);
      endpoint = location.endpoint();
      container = location.container();
    }
    token = token.startsWith("?") ? token.substring(1) : token;
    var sas = new SasToken(token, parametersOf(token), endpoint, container);
    requireWhole(token, sas.parameters);
    for (String time : List.of("st", "se", "ske")) {
      sas.instant(time);
    }
    return sas;
  }

  private static URI uriOf(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw malformed("The URL before the question mark cannot be read.");
    }
  }

  private static void requireWhole(String token, Map<String, String> parameters) {
    List<String> signatures = pairs(token).filter(SasToken::isSignature).toList();
    if (signatures.isEmpty()) {
      throw malformed("The token has no sig.");
    }
    if (signatures.size() > 1 || signatures.contains("sig=")) {
      throw malformed("The token's sig is empty or repeated.");
    }
    if (!parameters.containsKey("se") && !parameters.containsKey("si")) {
      throw malformed("The token has neither se nor si.");
    }
  }

  private static Stream<String> pairs(String token) {
    return Stream.of(token.split("&", -1));
  }

  private static boolean isSignature(String pair) {
    return pair.startsWith("sig=");
  }

  /** All but the signature, decoded, in the order of the token. */
  static Map<String, String> parametersOf(String token) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : pairs(token).toList()) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw malformed("The token is not a list of name=value pairs.");
      }
      String name = pair.substring(0, equals);
      String value = decoded(pair.substring(equals + 1));
      if (!isSignature(pair) && parameters.put(name, value) != null) {
        throw malformed("The token has the parameter " + name + " twice.");
      }
    }
    return java.util.Collections.unmodifiableMap(parameters);
  }

  /** The token without its signature: what may be kept in plain and shown. */
  public String unsigned() {
    return pairs(text).filter(pair -> !isSignature(pair)).collect(Collectors.joining("&"));
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed("The token is not URL-encoded properly.");
    }
  }

  /** ACCOUNT, CONTAINER, DIRECTORY, BLOB or USER_DELEGATION. */
  public String kind() {
    return kindOf(parameters);
  }

  static String kindOf(Map<String, String> parameters) {
    if (parameters.containsKey("skoid")) {
      return "USER_DELEGATION";
    }
    if (parameters.containsKey("ss") && parameters.containsKey("srt")) {
      return "ACCOUNT";
    }
    if (forSingleFile(parameters)) {
      return "BLOB";
    }
    return "d".equals(parameters.get("sr")) ? "DIRECTORY" : "CONTAINER";
  }

  /** Whether it opens a single file only; a user-delegation token may, too. */
  boolean forSingleFile() {
    return forSingleFile(parameters);
  }

  private static boolean forSingleFile(Map<String, String> parameters) {
    return List.of("b", "bs", "bv").contains(parameters.getOrDefault("sr", ""));
  }

  /** The earlier of {@code se} and {@code ske}; empty where a stored policy decides. */
  public Optional<Instant> expiresAt() {
    Optional<Instant> expiry = instant("se");
    Optional<Instant> keyExpiry = instant("ske");
    if (keyExpiry.isEmpty()) {
      return expiry;
    }
    return expiry.filter(e -> e.isBefore(keyExpiry.get())).or(() -> keyExpiry);
  }

  public Optional<Instant> startsAt() {
    return instant("st");
  }

  public boolean permits(char permission) {
    return !parameters.containsKey("sp") || parameters.get("sp").indexOf(permission) >= 0;
  }

  /** An account SAS that lacks the resource type; other kinds lack none. */
  public boolean lacksResourceType(char type) {
    return kind().equals("ACCOUNT") && parameters.getOrDefault("srt", "").indexOf(type) < 0;
  }

  public boolean lacksBlobService() {
    return kind().equals("ACCOUNT") && parameters.getOrDefault("ss", "").indexOf('b') < 0;
  }

  private Optional<Instant> instant(String name) {
    String value = parameters.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      // Azure takes a date, a time to the minute, and a time to the second.
      if (value.length() == 10) {
        return Optional.of(LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      return Optional.of(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeParseException e) {
      throw malformed("The token's " + name + " is not a time.");
    }
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ConnectionProblem.SAS_MALFORMED, detail);
  }

  /** Never shows the signature. */
  @Override
  public String toString() {
    return "SasToken" + parameters;
  }
}
