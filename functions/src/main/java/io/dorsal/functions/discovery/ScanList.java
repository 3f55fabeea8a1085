package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.Caller;
import io.dorsal.discovery.ScanState;
import io.dorsal.discovery.ScanTrigger;
import io.dorsal.discovery.ScanView;
import io.dorsal.discovery.Scans;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Requests;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The list of scans, the newest first. Thread-safe. */
@Component
class ScanList {

  static final int MOST_ITEMS = 200;

  private final Scans scans;

  ScanList(Scans scans) {
    this.scans = scans;
  }

  PageAnswer<ScanAnswer> page(Caller caller, HttpRequestMessage<?> request) {
    Query query = Query.of(request, "scans " + caller.tenantId()).paged(MOST_ITEMS);
    UUID source = query.id("source_id");
    ScanState state = query.constant("state", ScanState.class);
    ScanTrigger trigger = query.constant("trigger", ScanTrigger.class);
    query.check();
    UUID before = query.after().map(Requests::id).orElse(null);
    int limit = query.limit();
    List<ScanView> found = scans.list(caller, source, state, trigger, before, limit + 1);
    boolean more = found.size() > limit;
    List<ScanView> shown = more ? found.subList(0, limit) : found;
    String last = more ? shown.getLast().scan().id().toString() : null;
    return new PageAnswer<>(shown.stream().map(ScanAnswer::of).toList(), query.cursorTo(last));
  }
}
