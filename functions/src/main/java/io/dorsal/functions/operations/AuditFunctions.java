package io.dorsal.functions.operations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Described.Param;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.AuditChain;
import io.dorsal.operations.AuditEntry;
import io.dorsal.operations.AuditFilter;
import io.dorsal.operations.AuditLog;
import io.dorsal.operations.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The audit log: who did what, and the proof that nobody changed it since. Thread-safe. */
@Component
public class AuditFunctions {

  private static final int MOST_ITEMS = 500;

  private final Endpoint endpoint;
  private final AuditLog log;
  private final AuditChain chain;

  AuditFunctions(Endpoint endpoint, AuditLog log, AuditChain chain) {
    this.endpoint = endpoint;
    this.log = log;
    this.chain = chain;
  }

  /** The tenant's entries, newest first. */
  @Described(
      answer = AuditEntry.class,
      page = true,
      most = MOST_ITEMS,
      query = {
        @Param(name = "category", type = AuditCategory.class),
        @Param(name = "action"),
        @Param(name = "user_id"),
        @Param(name = "resource_id", type = UUID.class),
        @Param(name = "ip"),
        @Param(name = "code"),
        @Param(name = "from", type = Instant.class),
        @Param(name = "to", type = Instant.class),
        @Param(name = "q")
      })
  @FunctionName("ListAudit")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/audit")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/audit",
        caller -> {
          Query query = Query.of(request, "audit").paged(MOST_ITEMS);
          AuditFilter filter = filter(query);
          query.check();
          List<AuditEntry> found =
              log.page(caller, filter, query.after().orElse(null), query.limit() + 1);
          return Reply.ok(PageAnswer.of(found, query, AuditLog::position));
        });
  }

  /** Proves the batches that hold entries of the range. */
  @Described(
      answer = AuditChain.AuditProof.class,
      query = {
        @Param(name = "from", type = Instant.class),
        @Param(name = "to", type = Instant.class)
      })
  @FunctionName("VerifyAudit")
  public HttpResponseMessage verify(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/audit/verify")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/audit/verify",
        caller -> {
          Query query = Query.of(request, "audit/verify");
          Instant from = query.instant("from");
          Instant to = query.instant("to");
          query.check();
          return Reply.ok(chain.verify(caller, from, to));
        });
  }

  /** Seals the entries of the last ten seconds. */
  @FunctionName("SealAudit")
  public void seal(@TimerTrigger(name = "timer", schedule = "*/10 * * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      chain.seal();
    }
  }

  /** The conditions that a call names. */
  static AuditFilter filter(Query query) {
    return new AuditFilter(
        query.constant("category", AuditCategory.class),
        query.text("action"),
        query.text("user_id"),
        query.id("resource_id"),
        query.text("ip"),
        query.text("code"),
        query.instant("from"),
        query.instant("to"),
        query.text("q"));
  }
}
