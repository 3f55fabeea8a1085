package io.dorsal.jobs.edge;

import com.sun.net.httpserver.HttpExchange;
import io.dorsal.access.Caller;
import io.dorsal.discovery.ProgressView;
import io.dorsal.discovery.ScanView;
import io.dorsal.discovery.Scans;
import io.dorsal.operations.RecordedEvent;
import io.dorsal.operations.RecordedEvents;
import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells how a scan goes as server-sent events: each change of state under its number, and its
 * progress at most once a second without one. {@code Last-Event-ID} goes on behind that number. The
 * stream ends when the scan is at rest; a client that comes back then gets 204, which ends an
 * EventSource. Thread-safe.
 */
@Component
@Profile("edge")
class ScanStreams {

  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(3);
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Scans scans;
  private final RecordedEvents events;
  private final EdgeSettings settings;
  private volatile boolean ending;

  ScanStreams(Scans scans, RecordedEvents events, EdgeSettings settings) {
    this.scans = scans;
    this.events = events;
    this.settings = settings;
  }

  /** An event as it is sent. */
  private record Told(
      String name,
      UUID tenantId,
      UUID id,
      @org.jspecify.annotations.Nullable String from,
      String to,
      java.time.Instant at,
      String traceId) {}

  void end() {
    ending = true;
  }

  /**
   * Serves the stream to its end, which comes within seconds where the caller is kept out.
   *
   * @param who is asked again before each look at the scan
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, or why the caller is not let in
   * @throws IOException where the client is gone
   */
  void serve(HttpExchange exchange, Supplier<Caller> who, UUID scanId) throws IOException {
    Caller caller = who.get();
    long seen = lastSeen(exchange);
    // The scan first: an event of its state is then there to be read.
    ScanView view = scans.get(caller, scanId);
    List<RecordedEvent> fresh = events.of(caller.tenantId(), scanId, seen);
    if (seen > 0 && atRest(view) && fresh.isEmpty()) {
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    var stream = EventStream.begin(exchange, RETRY);
    long end = System.nanoTime() + settings.longest().toNanos();
    String shown = "";
    while (true) {
      for (RecordedEvent event : fresh) {
        stream.send(
            String.valueOf(event.number()), event.name(), JSON.writeValueAsString(told(event)));
        seen = event.number();
      }
      String progress = JSON.writeValueAsString(ProgressView.of(view));
      if (!progress.equals(shown)) {
        stream.send(null, "progress", progress);
        shown = progress;
      }
      if (atRest(view) || ending || System.nanoTime() >= end) {
        return;
      }
      stream.heartbeatAfter(settings.heartbeat());
      pause();
      caller = who.get();
      view = scans.get(caller, scanId);
      fresh = events.of(caller.tenantId(), scanId, seen);
    }
  }

  private static Told told(RecordedEvent event) {
    return new Told(
        event.name(),
        event.tenantId(),
        event.id(),
        event.from(),
        event.to(),
        event.at(),
        event.traceId());
  }

  private static boolean atRest(ScanView view) {
    return switch (view.scan().state()) {
      case COMPLETED, FAILED, CANCELED -> true;
      case REQUESTED, LISTING, INSPECTING, PAUSED_AUTH -> false;
    };
  }

  /** A number that no event of ours can have counts as none. */
  private static long lastSeen(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    return given != null && given.matches("[0-9]{1,18}") ? Long.parseLong(given) : 0;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The stream was interrupted", e);
    }
  }
}
