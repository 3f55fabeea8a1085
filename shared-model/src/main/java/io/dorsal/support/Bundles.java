package io.dorsal.support;

import io.dorsal.operations.Build;
import io.dorsal.operations.Exposition;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Recorder;
import io.dorsal.operations.TraceContext;
import io.dorsal.operations.Traces;
import io.dorsal.work.SystemHealth;
import io.dorsal.work.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Packs support bundles. Thread-safe. */
@Component
class Bundles {

  private final Traces traces;
  private final BundleRows rows;
  private final Recorder recorder;
  private final SystemHealth system;
  private final Exposition exposition;
  private final Clock clock;

  Bundles(
      Traces traces,
      BundleRows rows,
      Recorder recorder,
      SystemHealth system,
      Exposition exposition,
      Clock clock) {
    this.system = system;
    this.exposition = exposition;
    this.traces = traces;
    this.rows = rows;
    this.recorder = recorder;
    this.clock = clock;
  }

  void write(Parcel parcel, OutputStream out, Task task) throws IOException {
    UUID tenant = parcel.allTenants() ? null : parcel.tenantId();
    try (BundleZip zip = new BundleZip(out, () -> task.did(1))) {
      surroundings(zip, tenant);
      String requestId = text(parcel, "request_id");
      String traceId = text(parcel, "trace_id");
      if (requestId != null) {
        Optional<Traces.KeptRequest> request = traces.request(tenant, requestId);
        request.ifPresent(found -> zip.part("request.json", found));
        traceId =
            request
                .map(Traces.KeptRequest::traceId)
                .or(() -> rows.traceOf(tenant, requestId))
                .orElse(null);
      }
      if (traceId != null) {
        trace(zip, tenant, traceId);
      } else if (requestId == null) {
        range(zip, tenant, moment(parcel, "from"), moment(parcel, "to"));
      }
      zip.part("bundle.json", about(parcel, traceId, zip.cut()));
    }
  }

  private void trace(BundleZip zip, @Nullable UUID tenant, String traceId) {
    Optional<Traces.Timeline> timeline = traces.timeline(tenant, traceId);
    timeline.ifPresent(found -> zip.part("timeline.json", found));
    zip.part("requests.json", rows.requestsOf(tenant, traceId));
    zip.part("jobs.json", rows.jobsOf(timeline.map(Bundles::jobs).orElseGet(List::of)));
    Set<UUID> scans = timeline.map(Bundles::scans).orElseGet(Set::of);
    zip.part("scans.json", rows.scans(scans));
    zip.part("item_errors.json", rows.itemErrors(scans));
    zip.lines("logs.jsonl", sink -> rows.linesOf(tenant, traceId, sink));
  }

  private void range(BundleZip zip, @Nullable UUID tenant, Instant from, Instant to) {
    zip.part("requests.json", rows.requestsIn(tenant, from, to));
    zip.part("trouble.json", rows.troubleIn(tenant, from, to));
    zip.lines("logs.jsonl", sink -> rows.linesIn(tenant, from, to, sink));
  }

  private void surroundings(BundleZip zip, @Nullable UUID tenant) {
    SystemHealth.Report report = system.now();
    zip.part("versions.json", versions());
    zip.part("settings.json", settings());
    zip.part("queues.json", Map.of("queues", report.queues(), "outbox", rows.outbox()));
    zip.part("health.json", health(report));
    zip.text("metrics.txt", metrics(tenant));
  }

  /**
   * As the worker that packs exposes them, without those of other tenants. To the thousandth:
   * longer fractions look like coordinates.
   */
  private Stream<String> metrics(@Nullable UUID tenant) {
    return exposition
        .text()
        .lines()
        .filter(
            line ->
                tenant == null
                    || !line.contains("tenant=\"")
                    || line.contains("tenant=\"" + tenant + "\""))
        .map(line -> line.replaceAll("(\\.[0-9]{3})[0-9]+", "$1"));
  }

  private Map<String, Object> versions() {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("dorsal", Build.current().version());
    versions.put("commit", Build.current().commit());
    versions.put("java", Runtime.version().toString());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    versions.put("database", rows.versions());
    return versions;
  }

  /** The settings of the worker that packs; those of other processes are no different. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("DORSAL_") || name.startsWith("OTEL_")) {
                settings.put(name, Scrubber.setting(name, value));
              }
            });
    return settings;
  }

  /** Of the deployment, and of the worker that packs. */
  private Map<String, Object> health(SystemHealth.Report report) {
    Map<String, Object> health = new LinkedHashMap<>();
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    health.put("at", clock.instant().toString());
    health.put("ready", report.ready());
    health.put("checks", report.checks());
    health.put("instances", report.instances());
    health.put("heap_used_bytes", heap.getUsed());
    health.put("heap_max_bytes", heap.getMax());
    health.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    health.put("uptime_s", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000);
    health.put("trace_events_dropped", recorder.dropped());
    return health;
  }

  private static Map<String, Object> about(
      Parcel parcel, @Nullable String traceId, List<String> cut) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", parcel.id());
    about.put("tenant_id", parcel.tenantId());
    about.put("all_tenants", parcel.allTenants());
    about.put("requested_by", parcel.requestedBy());
    about.put("requested_at", parcel.requestedAt().toString());
    about.put("wanted", parcel.wanted());
    about.put("trace", traceId == null ? "" : traceId);
    about.put("note", parcel.note());
    about.put("cut", cut);
    return about;
  }

  private static List<String> jobs(Traces.Timeline timeline) {
    return timeline.hops().stream()
        .filter(hop -> hop.kind().equals(Kept.Kind.JOB.name()))
        .map(hop -> new TraceContext(timeline.traceId(), hop.spanId()).traceparent())
        .toList();
  }

  private static Set<UUID> scans(Traces.Timeline timeline) {
    return timeline.hops().stream()
        .map(hop -> hop.attributes().path("scan_id").asString(""))
        .filter(id -> !id.isEmpty())
        .map(UUID::fromString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static @Nullable String text(Parcel parcel, String member) {
    JsonNode value = parcel.wanted().path(member);
    return value.isString() ? value.asString() : null;
  }

  private static Instant moment(Parcel parcel, String member) {
    return Instant.parse(parcel.wanted().path(member).asString());
  }
}
