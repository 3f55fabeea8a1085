package io.dorsal.discovery;

import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Saves scans; each change of state stands in the journal. All in the caller's transaction. */
@Component
class ScanStates {

  private final ScanRows rows;
  private final Journal journal;

  ScanStates(ScanRows rows, Journal journal) {
    this.rows = rows;
    this.journal = journal;
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

  private Scan saved(@Nullable Scan from, Scan to, String actor) {
    Scan saved = rows.save(to);
    if (from == null || from.state() != saved.state()) {
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
    }
    return saved;
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
