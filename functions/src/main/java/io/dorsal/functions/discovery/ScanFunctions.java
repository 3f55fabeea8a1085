package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.discovery.Guards;
import io.dorsal.discovery.ScanRequest;
import io.dorsal.discovery.ScanState;
import io.dorsal.discovery.ScanTrigger;
import io.dorsal.discovery.Scans;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Described.Param;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Scans over HTTP: asking, watching, ending, going on. Thread-safe. */
@Component
public class ScanFunctions {

  private static final String LOCATION = "/api/v1/scans/";

  private final Endpoint endpoint;
  private final Scans scans;
  private final ScanStart start;
  private final ScanList list;
  private final Guards guards;

  ScanFunctions(Endpoint endpoint, Scans scans, ScanStart start, ScanList list, Guards guards) {
    this.endpoint = endpoint;
    this.scans = scans;
    this.start = start;
    this.list = list;
    this.guards = guards;
  }

  /** 202; the same Idempotency-Key and body within 24 hours give the same answer again. */
  @Described(
      status = 202,
      body = ScanRequest.class,
      answer = ScanAnswer.class,
      onceOnly = true,
      problems = {
        ErrorCode.NOT_FOUND,
        ErrorCode.SOURCE_PAUSED,
        ErrorCode.SCAN_ALREADY_RUNNING,
        ErrorCode.CONNECTION_BROKEN,
        ErrorCode.GLOB_INVALID
      })
  @FunctionName("StartScan")
  public HttpResponseMessage start(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "scans",
        caller -> {
          String key = Headers.idempotencyKey(request);
          ScanRequest wanted = Requests.body(request, ScanRequest.class);
          var scan = start.once(caller, key, Requests.digest(request), wanted);
          return Reply.accepted(scan, LOCATION + scan.path("id").asString());
        });
  }

  /** The newest first; {@code source_id}, {@code state} and {@code trigger} narrow. */
  @Described(
      answer = ScanAnswer.class,
      page = true,
      most = ScanList.MOST_ITEMS,
      query = {
        @Param(name = "source_id", type = UUID.class),
        @Param(name = "state", type = ScanState.class),
        @Param(name = "trigger", type = ScanTrigger.class)
      })
  @FunctionName("ListScans")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(request, "scans", caller -> Reply.ok(list.page(caller, request)));
  }

  /** One scan with its progress. */
  @Described(answer = ScanAnswer.class)
  @FunctionName("GetScan")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}",
        caller -> Reply.ok(ScanAnswer.of(scans.get(caller, Requests.id(id)))));
  }

  /** 202; workers stop within ten seconds. */
  @Described(status = 202, answer = ScanAnswer.class, problems = ErrorCode.SCAN_STATE)
  @FunctionName("CancelScan")
  public HttpResponseMessage cancel(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/cancel")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/cancel",
        caller -> {
          var canceled = ScanAnswer.of(scans.cancel(caller, Requests.id(id)));
          return Reply.accepted(canceled, LOCATION + canceled.id());
        });
  }

  /** 202; a paused or failed scan goes on from its checkpoint. */
  @Described(
      status = 202,
      answer = ScanAnswer.class,
      problems = {
        ErrorCode.SCAN_STATE,
        ErrorCode.SCAN_ALREADY_RUNNING,
        ErrorCode.SOURCE_PAUSED,
        ErrorCode.CONNECTION_BROKEN
      })
  @FunctionName("ResumeScan")
  public HttpResponseMessage resume(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/resume")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/resume",
        caller -> {
          var resumed = ScanAnswer.of(scans.resume(caller, Requests.id(id)));
          return Reply.accepted(resumed, LOCATION + resumed.id());
        });
  }

  /** {@code decision} CONFIRM or DISMISS; the scan as it is then. */
  @Described(body = GuardDecision.class, answer = ScanAnswer.class, problems = ErrorCode.SCAN_STATE)
  @FunctionName("DecideScanGuard")
  public HttpResponseMessage guard(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/guard")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/guard",
        caller -> {
          var decided = Requests.body(request, GuardDecision.class);
          guards.decide(caller, Requests.id(id), decided.decision());
          return Reply.ok(ScanAnswer.of(scans.get(caller, Requests.id(id))));
        });
  }

  /** 204; only what is final, and what it found stays with its source. */
  @Described(
      status = 204,
      problems = {ErrorCode.SCAN_STATE, ErrorCode.SCAN_IN_USE})
  @FunctionName("DeleteScan")
  public HttpResponseMessage delete(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}",
        caller -> {
          scans.delete(caller, Requests.id(id));
          return Reply.nothing();
        });
  }
}
