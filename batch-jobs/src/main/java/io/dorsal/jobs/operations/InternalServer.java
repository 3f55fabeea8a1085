package io.dorsal.jobs.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dorsal.operations.Exposition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The port that only operators and probes reach: health, readiness and metrics. Opens first and
 * closes last, so that it tells of a stop until its end.
 */
@Component
class InternalServer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(InternalServer.class);

  private final InternalSettings settings;
  private final Probes probes;
  private final Exposition exposition;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable HttpServer server;

  InternalServer(InternalSettings settings, Probes probes, Exposition exposition) {
    this.settings = settings;
    this.probes = probes;
    this.exposition = exposition;
  }

  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public synchronized void start() {
    try {
      var address = new InetSocketAddress(settings.address(), settings.port());
      HttpServer started = HttpServer.create(address, 0);
      started.createContext("/", this::answer);
      started.setExecutor(threads);
      started.start();
      server = started;
      log.info("Health, readiness and metrics on port {}", started.getAddress().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException("DORSAL_INTERNAL_PORT " + settings.port(), e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (probes.answer(exchange)) {
        return;
      }
      Probes.echo(exchange);
      if (Probes.path(exchange).equals("/metrics")) {
        Probes.send(exchange, 200, Exposition.CONTENT_TYPE, exposition.text());
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    } catch (RuntimeException e) {
      log.error("Nothing was answered to {}", exchange.getRequestURI().getPath(), e);
    }
  }

  @Override
  public synchronized void stop() {
    HttpServer running = server;
    if (running != null) {
      running.stop(0);
      server = null;
    }
    threads.shutdown();
  }

  @Override
  public synchronized boolean isRunning() {
    return server != null;
  }
}
