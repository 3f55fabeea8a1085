package io.dorsal.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an OpenID provider's key set, found by its discovery document (OpenID Connect Discovery
 * 1.0, section 4) or given by {@code DORSAL_JWKS_URL}. Waits 5 s, takes at most 512 KiB and follows
 * redirects within one host only. Thread-safe.
 */
final class IdentityProvider implements KeySet.Provider {

  private static final Logger log = LoggerFactory.getLogger(IdentityProvider.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 512 * 1024;
  private static final int MOST_REDIRECTS = 3;

  private final AccessSettings settings;
  private final Predicate<URI> reachable;
  private final JsonMapper json = JsonMapper.shared();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private volatile @Nullable URI keySetUrl;

  private IdentityProvider(
      AccessSettings settings, @Nullable URI keySetUrl, Predicate<URI> reachable) {
    this.settings = settings;
    this.keySetUrl = keySetUrl;
    this.reachable = reachable;
  }

  /** The provider of all tenants, as the settings name it. */
  static IdentityProvider of(AccessSettings settings) {
    return new IdentityProvider(settings, null, url -> true);
  }

  /**
   * The provider of one tenant.
   *
   * @param reachable asked before each fetch, for what a name leads to may change
   */
  static IdentityProvider ofTenant(
      AccessSettings settings, URI keySetUrl, Predicate<URI> reachable) {
    return new IdentityProvider(settings, keySetUrl, reachable);
  }

  @Override
  public String keySet() throws IOException {
    try {
      URI known = keySetUrl;
      if (known == null) {
        known = settings.jwksUrl() == null ? discovered() : given(settings.jwksUrl());
        keySetUrl = known;
      }
      return body(known);
    } catch (IllegalArgumentException | JacksonException e) {
      throw new IOException("The provider's discovery document cannot be used.", e);
    }
  }

  /** The provider's discovery document (OpenID Connect Discovery 1.0, section 3). */
  JsonNode discovery() throws IOException {
    String base = String.valueOf(settings.oidcUrl()).replaceFirst("/$", "");
    try {
      return json.readTree(body(URI.create(base + "/.well-known/openid-configuration")));
    } catch (IllegalArgumentException | JacksonException e) {
      throw new IOException("The provider's discovery document cannot be used.", e);
    }
  }

  private URI discovered() throws IOException {
    JsonNode document = discovery();
    warnOfAnotherName(document);
    return URI.create(document.path("jwks_uri").asString());
  }

  /** Nothing then waits for the discovery document, which need not be there. */
  private URI given(String url) {
    Thread.ofPlatform()
        .daemon()
        .name("issuer-name")
        .start(
            () -> {
              try {
                warnOfAnotherName(discovery());
              } catch (IOException e) {
                log.debug("What the identity provider calls itself is not known", e);
              }
            });
    return URI.create(url);
  }

  private void warnOfAnotherName(JsonNode document) {
    String named = document.path("issuer").asString("");
    if (!named.isEmpty() && !AccessSettings.sameIssuer(named, settings.issuer())) {
      log.warn(
          "The identity provider calls itself {}, but {} is expected as iss; if its tokens are"
              + " refused with ISSUER_MISMATCH, set DORSAL_JWT_ISSUER.",
          named,
          settings.issuer());
    }
  }

  private String body(URI url) throws IOException {
    URI at = url;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<InputStream> answer = sent(at);
      try (InputStream stream = answer.body()) {
        String location = answer.headers().firstValue("Location").orElse(null);
        if (answer.statusCode() == 200) {
          return text(stream);
        }
        if (answer.statusCode() / 100 != 3 || location == null) {
          throw new IOException("The identity provider answered " + answer.statusCode() + ".");
        }
        URI next = at.resolve(location);
        if (!String.valueOf(at.getAuthority()).equals(next.getAuthority())) {
          throw new IOException("The identity provider redirects to another host.");
        }
        at = next;
      }
    }
    throw new IOException("The identity provider redirects without end.");
  }

  private static String text(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("The identity provider's answer is over 512 KiB.");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private HttpResponse<InputStream> sent(URI url) throws IOException {
    if (!reachable.test(url)) {
      throw new IOException("The address is not a public one.");
    }
    var request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while fetching the key set.", e);
    }
  }
}
