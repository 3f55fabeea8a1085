package io.dorsal.functions.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.Sha256;
import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanRequest;
import io.dorsal.discovery.Scans;
import io.dorsal.functions.http.Json;
import io.dorsal.work.IdempotentAnswers;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks for a scan once, however often the asking is repeated. Thread-safe. */
@Component
class ScanStart {

  private final IdempotentAnswers answers;
  private final Scans scans;

  ScanStart(IdempotentAnswers answers, Scans scans) {
    this.answers = answers;
    this.scans = scans;
  }

  /**
   * The scan as it was when it was asked for first.
   *
   * @param key the caller's own; other callers and other ways of asking have other keys
   * @param fingerprint tells two requests with one key apart
   */
  JsonNode once(Caller caller, String key, String fingerprint, ScanRequest wanted) {
    // Before the replay, which does not come by the use case's own check.
    scans.requireMayRequest(caller, wanted.sourceId());
    String mine = "scans:" + Sha256.hex(caller.actor() + "\n" + key);
    return Json.parse(
        answers.once(
            caller.tenantId(),
            mine,
            fingerprint,
            () -> {
              Scan scan = scans.request(caller, wanted);
              return Json.write(ScanAnswer.of(scans.get(caller, scan.id())));
            }));
  }
}
