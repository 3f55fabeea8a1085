package io.dorsal.functions.operations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.operations.AuditChain;
import io.dorsal.operations.KeptSweep;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.ErrorCode;
import io.dorsal.support.Parcel;
import io.dorsal.support.ParcelWork;
import io.dorsal.support.Parcels;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Support bundles and exports of the audit log, and the end of what is kept. Thread-safe. */
@Component
public class ParcelFunctions {

  private final Endpoint endpoint;
  private final Parcels parcels;
  private final ParcelWork work;
  private final KeptSweep kept;
  private final AuditChain chain;

  ParcelFunctions(
      Endpoint endpoint, Parcels parcels, ParcelWork work, KeptSweep kept, AuditChain chain) {
    this.endpoint = endpoint;
    this.parcels = parcels;
    this.work = work;
    this.kept = kept;
    this.chain = chain;
  }

  /** 202: a worker packs it; how far it is can be read at the location. */
  @Described(status = 202, body = BundleRequest.class, answer = ParcelAnswer.class)
  @FunctionName("MakeSupportBundle")
  public HttpResponseMessage bundle(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/support-bundles")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/support-bundles",
        caller -> {
          BundleRequest body = Requests.body(request, BundleRequest.class);
          Parcel asked = parcels.bundle(caller, body.wish());
          return Reply.accepted(
              ParcelAnswer.of(asked), "/api/v1/admin/support-bundles/" + asked.id());
        });
  }

  /** Its state, and once it is READY a link that is good for a quarter of an hour. */
  @Described(answer = ParcelAnswer.class)
  @FunctionName("ReadSupportBundle")
  public HttpResponseMessage readBundle(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/support-bundles/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/support-bundles/{id}",
        caller ->
            Reply.ok(ParcelAnswer.of(parcels.find(caller, Parcel.Kind.BUNDLE, Requests.id(id)))));
  }

  /** 202: a worker writes it; how far it is can be read at the location. */
  @Described(
      status = 202,
      body = ExportRequest.class,
      answer = ParcelAnswer.class,
      problems = ErrorCode.AUDIT_RANGE_TOO_LARGE)
  @FunctionName("ExportAudit")
  public HttpResponseMessage export(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/audit/exports")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/audit/exports",
        caller -> {
          var wanted = Requests.body(request, ExportRequest.class).wanted();
          Parcel asked = parcels.export(caller, wanted.filter(), wanted.format());
          return Reply.accepted(
              ParcelAnswer.of(asked), "/api/v1/admin/audit/exports/" + asked.id());
        });
  }

  /** Its state, and once it is READY a link that is good for a quarter of an hour. */
  @Described(answer = ParcelAnswer.class)
  @FunctionName("ReadAuditExport")
  public HttpResponseMessage readExport(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/audit/exports/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/audit/exports/{id}",
        caller ->
            Reply.ok(
                ParcelAnswer.of(parcels.find(caller, Parcel.Kind.AUDIT_EXPORT, Requests.id(id)))));
  }

  /** Every ten minutes: forgets what is kept long enough, a bounded part at a time. */
  @FunctionName("ForgetKept")
  public void forget(@TimerTrigger(name = "timer", schedule = "30 */10 * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      kept.forgetOld();
      chain.forgetOld();
      work.forgetOld();
    }
  }
}
