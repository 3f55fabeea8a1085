package io.dorsal.local.host;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running functions host over one packaged app. Several may run side by side, also in one JVM;
 * each has its own class loader, settings and port. Thread-safe.
 */
public final class FunctionsHost implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FunctionsHost.class);
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final Duration RELEASE = Duration.ofSeconds(5);

  static {
    // Read once when the JDK's server is first used: no 40 ms pauses, no early end of idle clients.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
  }

  private final PackagedApp app;
  private final InFlight http = new InFlight();

  /** Messages and timers. */
  private final InFlight inFlight = new InFlight();

  // Platform threads, as Azure's worker has them. A cold app loads all its classes inside its first
  // calls: virtual threads that wait there hold their carriers, and two carriers are soon used up.
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("call-", 0).factory());
  private final List<QueueListener> queues = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final HttpServer server;

  private FunctionsHost(PackagedApp app, HttpServer server) {
    this.app = app;
    this.server = server;
  }

  /**
   * Starts the host on 127.0.0.1 and returns once it answers.
   *
   * @param app the directory that holds {@code host.json}, as {@code azure-functions:package} makes
   *     it
   * @param port 0 picks a free one
   * @throws IOException if the directory cannot be read or the port is taken
   * @throws IllegalStateException if a function asks for what this host does not offer, or a
   *     setting it names is missing; the message says which
   */
  public static FunctionsHost start(Path app, int port, HostSettings settings) throws IOException {
    PackagedApp loaded = PackagedApp.load(app, settings);
    FunctionsHost host = null;
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      host = new FunctionsHost(loaded, HttpServer.create(address, 0));
      host.open(settings);
      return host;
    } catch (IOException | RuntimeException e) {
      if (host == null) {
        loaded.close();
      } else {
        host.close();
      }
      throw e;
    }
  }

  /** Where the host listens, without a slash at its end. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The names of the functions that are served, in order. */
  public List<String> functionNames() {
    return app.functions().stream().map(LoadedFunction::name).toList();
  }

  /** Its clients share a connection. */
  private static ServiceBusClientBuilder bus(String connection) {
    return new ServiceBusClientBuilder()
        .connectionString(connection)
        .retryOptions(new AmqpRetryOptions().setMaxDelay(Duration.ofSeconds(5)));
  }

  private void open(HostSettings settings) {
    List<LoadedFunction> functions = app.functions();
    HostConfiguration configuration = app.configuration();
    Map<String, TimerLoop> timers = new LinkedHashMap<>();
    Map<String, ServiceBusClientBuilder> buses = new HashMap<>();
    for (LoadedFunction function : functions) {
      switch (function.trigger()) {
        case Trigger.Queue queue -> {
          String connection = settings.connection(queue.connection());
          ServiceBusClientBuilder bus = buses.computeIfAbsent(connection, FunctionsHost::bus);
          queues.add(new QueueListener(function, queue, configuration, bus, inFlight));
        }
        case Trigger.Timer timer ->
            timers.put(
                function.name(), new TimerLoop(function, timer, Clock.systemUTC(), inFlight));
        case Trigger.Http http -> {}
        case Trigger.EventGrid grid -> {}
      }
    }
    Routes routes = new Routes(configuration.routePrefix(), functions);
    server.createContext(
        "/",
        new HttpDoor(
            routes,
            new EventGridDoor(functions),
            new AdminDoor(timers),
            http,
            EdgeForward.of(settings)));
    server.setExecutor(threads);
    server.start();
    queues.forEach(QueueListener::start);
    timers.values().forEach(TimerLoop::start);
    log.info("Functions: {}", String.join(", ", functionNames()));
  }

  /**
   * Takes no message and fires no timer more, waits up to 20 s for those in flight and settles
   * them; then closes the app, which answers HTTP until it has let its calls end, and waits up to
   * 20 s for the last answers. Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    inFlight.close();
    try {
      if (!inFlight.awaitIdle(DRAIN)) {
        log.warn("Stopped after {} s with {}", DRAIN.toSeconds(), inFlight);
      }
      for (QueueListener queue : queues) {
        queue.stop(RELEASE);
      }
      app.closeContext();
      http.close();
      if (!http.awaitIdle(DRAIN)) {
        log.warn("Stopped after {} s with {}", DRAIN.toSeconds(), http);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdown();
    try {
      app.close();
    } catch (IOException e) {
      log.warn("The app's class loader did not close", e);
    }
  }
}
