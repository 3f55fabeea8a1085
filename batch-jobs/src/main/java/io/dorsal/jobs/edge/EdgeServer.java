package io.dorsal.jobs.edge;

import com.sun.net.httpserver.HttpServer;
import io.dorsal.operations.OperationsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The HTTP server of the edge: the JDK's, a virtual thread per call. */
@Component
@Profile("edge")
class EdgeServer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(EdgeServer.class);

  static {
    // Read once when the JDK's server is first used: no 40 ms pauses between small writes.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final EdgeSettings settings;
  private final EdgeDoor door;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration notReady;
  private @Nullable HttpServer server;

  EdgeServer(EdgeSettings settings, EdgeDoor door, OperationsSettings operations) {
    this.settings = settings;
    this.door = door;
    this.notReady = operations.notReady();
  }

  @Override
  public synchronized void start() {
    try {
      var address = new InetSocketAddress(settings.address(), settings.port());
      HttpServer started = HttpServer.create(address, 0);
      started.createContext("/", door);
      started.setExecutor(threads);
      started.start();
      server = started;
      log.info("Edge ready on port {}", started.getAddress().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Serves on until load balancers have seen that it is not ready. Then streams end within a
   * second; their clients come back to whoever serves then.
   */
  @Override
  public synchronized void stop() {
    awaitDeparture();
    door.close();
    HttpServer running = server;
    if (running != null) {
      running.stop(2);
      server = null;
    }
    threads.shutdown();
  }

  private void awaitDeparture() {
    log.info("Edge stops: NOT_READY for {} s, then closed", notReady.toSeconds());
    try {
      Thread.sleep(notReady);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return server != null;
  }
}
