package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** 40 §1.1: a provider that calls itself otherwise than is expected is warned of at the start. */
@SuppressWarnings("NullAway.Init")
class IdentityProviderTests {

  private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(IdentityProvider.class);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          warnings.add(event.getFormattedMessage());
        }
      };
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"https://login.example\",\"jwks_uri\":\"" + address() + "/jwks\"}");
    answer("/jwks", "{\"keys\":[]}");
    server.start();
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherNameIsWarnedOfWhereverTheKeysAreFound(boolean given) throws Exception {
    assertThat(provider(null, given).keySet()).contains("keys");
    assertThat(warnings.poll(10, TimeUnit.SECONDS))
        .contains("https://login.example", address(), "DORSAL_JWT_ISSUER");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theExpectedNameIsNot(boolean given) throws Exception {
    assertThat(provider("https://login.example/", given).keySet()).contains("keys");
    assertThat(warnings.poll(1, TimeUnit.SECONDS)).isNull();
  }

  private IdentityProvider provider(@Nullable String issuer, boolean given) {
    return IdentityProvider.of(
        new AccessSettings(
            address(),
            issuer,
            given ? address() + "/jwks" : null,
            "dorsal-api",
            Set.of("RS256"),
            300,
            true,
            30,
            60));
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
