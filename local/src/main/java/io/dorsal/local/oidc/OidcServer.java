package io.dorsal.local.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * The local OpenID Connect provider, in this process. It publishes the key that {@link Tokens}
 * signs with.
 */
public final class OidcServer implements AutoCloseable {

  /** The provider serves many issuers by path; this one is ours. It is the key's id as well. */
  public static final String ISSUER = "dorsal";

  private final MockOAuth2Server server;

  private OidcServer(MockOAuth2Server server) {
    this.server = server;
  }

  /** Listens on this port of the loopback address. */
  public static OidcServer start(int port, Path keyFile) throws IOException {
    OAuth2TokenProvider provider =
        new OAuth2TokenProvider(
            new KeyProvider(List.of(SigningKey.at(keyFile)), JWSAlgorithm.RS256.getName()));
    MockOAuth2Server server =
        new MockOAuth2Server(
            new OAuth2Config(
                true, null, null, false, provider, Set.of(), new MockWebServerWrapper()));
    server.start(InetAddress.ofLiteral("127.0.0.1"), port);
    return new OidcServer(server);
  }

  /** The issuer's address for a port, the {@code iss} of its tokens. */
  public static String issuer(int port) {
    return "http://127.0.0.1:" + port + "/" + ISSUER;
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
