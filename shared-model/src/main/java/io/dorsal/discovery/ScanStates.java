package io.dorsal.discovery;

import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.work.Outbox;
import io.dorsal.work.OutboxMessage;
import io.dorsal.work.Queues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Saves scans; each change of state stands in the journal. All in the caller's transaction. */
@Component
class ScanStates {

  private final ScanRows rows;
  private final ScanLog log;
  private final Journal journal;
  private final Outbox outbox;

  ScanStates(ScanRows rows, ScanLog log, Journal journal, Outbox outbox) {
    this.rows = rows;
    this.log = log;
    this.journal = journal;
    this.outbox = outbox;
  }

  Scan requested(Scan scan) {
    return saved(null, scan, scan.requestedBy());
  }

  /** A change that the system made. */
  Scan changed(Scan from, Scan to) {
    return saved(from, to, StateChange.SYSTEM);
  }

  /** A change that a person asked for. */
  Scan changed(Scan from, Scan to, String actor) {
    return saved(from, to, actor);
  }

  /** Removes a scan with all that is only its own; its events and audit entries stay. */
  void deleted(Scan scan, String actor) {
    rows.delete(scan);
    journal.stateChanged(
        new StateChange(
            "scan.deleted",
            scan.tenantId(),
            "scan",
            scan.id(),
            scan.state().name(),
            "DELETED",
            actor,
            details(scan)));
  }

  private Scan saved(@Nullable Scan from, Scan to, String actor) {
    Scan saved = rows.save(to);
    if (from == null || from.state() != saved.state()) {
      log.add(saved, line(saved, actor));
      journal.stateChanged(
          new StateChange(
              event(from, saved),
              saved.tenantId(),
              "scan",
              saved.id(),
              from == null ? null : from.state().name(),
              saved.state().name(),
              actor,
              details(saved)));
      if (saved.state() == ScanState.COMPLETED) {
        outbox.add(List.of(patterns(saved)));
      }
    }
    return saved;
  }

  private static String line(Scan scan, String actor) {
    String by = actor.equals(StateChange.SYSTEM) ? "" : " by " + actor;
    Scan.Cause cause = scan.cause();
    return "Scan is "
        + scan.state()
        + by
        + (cause == null ? "" : ": " + cause.code() + " " + cause.detail() + " " + cause.fix());
  }

  /** The order to look at the names of a completed scan. */
  private static OutboxMessage patterns(Scan scan) {
    return OrderMessages.of(scan, Queues.SCAN_PATTERNS, scan.id() + "-patterns");
  }

  private static String event(@Nullable Scan from, Scan to) {
    return switch (to.state()) {
      case REQUESTED -> from == null ? "scan.requested" : "scan.resumed";
      case LISTING -> "scan.listing";
      case INSPECTING -> "scan.inspecting";
      case PAUSED_AUTH -> "scan.paused";
      case COMPLETED, FAILED, CANCELED -> "scan.finished";
    };
  }

  private static Map<String, Object> details(Scan scan) {
    var details = new LinkedHashMap<String, Object>();
    details.put("source_id", scan.sourceId());
    details.put("number", scan.number());
    if (scan.cause() != null) {
      details.put("code", scan.cause().code());
      details.put("fix", scan.cause().fix());
    }
    return details;
  }
}
