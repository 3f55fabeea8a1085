package io.dorsal.local.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import io.dorsal.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect provider that does what real ones do on bad days: it rotates its keys, goes
 * away and comes back, goes by another public name, has a clock that is off, and issues any token
 * at all. Thread-safe.
 */
public final class UnrulyProvider implements AutoCloseable {

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final int port = Ports.free();
  private final List<JWK> keys = new CopyOnWriteArrayList<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private volatile String name = address();
  private volatile Duration clockIsOffBy = Duration.ZERO;
  private volatile @Nullable HttpServer server;

  /** Listens on a free port of the loopback address, with one key for RS256. */
  public static UnrulyProvider start() {
    var provider = new UnrulyProvider();
    provider.addKey("RS256");
    provider.comeBack();
    return provider;
  }

  /** Where it is reached. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** What it calls itself, the {@code iss} of its tokens. */
  public String name() {
    return name;
  }

  /** From now on it calls itself so, wherever it is reached. */
  public void rename(String publicName) {
    name = publicName;
  }

  /** Its clock is ahead by this much, or behind where negative. */
  public void shiftClock(Duration by) {
    clockIsOffBy = by;
  }

  Instant now() {
    return Instant.now().plus(clockIsOffBy);
  }

  /** Publishes one more key, which signs from now on. */
  public JWK addKey(String algorithm) {
    String id = "key-" + port + "-" + made.incrementAndGet();
    try {
      JWK key =
          algorithm.equals("ES256")
              ? new ECKeyGenerator(Curve.P_256).keyID(id).generate()
              : new RSAKeyGenerator(2_048).keyID(id).generate();
      keys.add(key);
      return key;
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Publishes a new key and withdraws all others. */
  public JWK rotate() {
    List<JWK> old = List.copyOf(keys);
    JWK fresh = addKey("RS256");
    keys.removeAll(old);
    return fresh;
  }

  /** The key that signs. */
  public JWK key() {
    return keys.getLast();
  }

  /** How often its key set was asked for. */
  public int fetches() {
    return fetches.get();
  }

  /** A right token for five minutes, which may still be bent. */
  public ForgedToken token(String tenant) {
    return new ForgedToken(this, tenant);
  }

  /** Answers nobody any more. */
  public synchronized void goAway() {
    HttpServer running = server;
    if (running != null) {
      running.stop(0);
      server = null;
    }
  }

  /** Answers again, at the same address. */
  public synchronized void comeBack() {
    if (server != null) {
      return;
    }
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
      serve(started, DISCOVERY, this::discovery);
      serve(
          started,
          "/jwks",
          () -> {
            fetches.incrementAndGet();
            return new JWKSet(List.copyOf(keys)).toString();
          });
      started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String discovery() {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "issuer", name,
                "jwks_uri", address() + "/jwks",
                "authorization_endpoint", address() + "/authorize",
                "token_endpoint", address() + "/token"));
  }

  private static void serve(HttpServer server, String path, Supplier<String> content) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = content.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @Override
  public void close() {
    goAway();
  }
}
