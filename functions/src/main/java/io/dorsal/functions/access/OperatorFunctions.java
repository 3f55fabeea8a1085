package io.dorsal.functions.access;

import static io.dorsal.problem.ErrorCode.NAME_TAKEN;
import static io.dorsal.problem.ErrorCode.STATE_CONFLICT;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.accounts.DeletionCertificate;
import io.dorsal.accounts.OperatorTenants;
import io.dorsal.accounts.OperatorTenants.OperatedTenant;
import io.dorsal.accounts.TenantStatus;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What operators do with tenants. Thread-safe. */
@Component
public class OperatorFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final OperatorTenants tenants;
  private final StaleVersions stale;

  OperatorFunctions(Endpoint endpoint, OperatorTenants tenants, StaleVersions stale) {
    this.endpoint = endpoint;
    this.tenants = tenants;
    this.stale = stale;
  }

  /**
   * @param administratorEmail who administers it first; null for nobody yet
   */
  record NewTenant(
      @Nullable String name, @Nullable String displayName, @Nullable String administratorEmail) {}

  /**
   * @param limits ceilings, of the shape of the settings; a JSON merge patch
   */
  record OperatedChange(@Nullable String displayName, @Nullable JsonNode limits) {}

  /** Why it is done. */
  record TenantReason(@Nullable String reason) {}

  /** Tenants by name. */
  @FunctionName("ListTenants")
  @Described(
      answer = OperatedTenant.class,
      page = true,
      most = MOST_ITEMS,
      query = {
        @Described.Param(name = "status", type = TenantStatus.class),
        @Described.Param(name = "q")
      })
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operator/tenants")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "operator/tenants",
        caller -> {
          Query query = Query.of(request, "operator/tenants");
          TenantStatus status = query.constant("status", TenantStatus.class);
          String part = query.text("q");
          query.paged(MOST_ITEMS).check();
          String after = query.after().orElse(null);
          List<OperatedTenant> found = tenants.page(caller, status, part, after, query.limit() + 1);
          return Reply.ok(PageAnswer.of(found, query, OperatedTenant::name));
        });
  }

  /** Makes a tenant. */
  @FunctionName("CreateTenant")
  @Described(
      status = 201,
      body = NewTenant.class,
      answer = OperatedTenant.class,
      tagged = true,
      problems = NAME_TAKEN)
  public HttpResponseMessage create(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operator/tenants")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "operator/tenants",
        caller -> {
          NewTenant wanted = Requests.body(request, NewTenant.class);
          OperatedTenant made =
              tenants.create(
                  caller, wanted.name(), wanted.displayName(), wanted.administratorEmail());
          return Reply.created(made, "/api/v1/operator/tenants/" + made.id())
              .withETag(made.version());
        });
  }

  /** Changes display name and ceilings. */
  @FunctionName("ChangeOperatedTenant")
  @Described(
      body = OperatedChange.class,
      answer = OperatedTenant.class,
      tagged = true,
      ifMatch = true)
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operator/tenants/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "operator/tenants/{id}",
        caller -> {
          int version = Headers.ifMatch(request);
          OperatedChange wanted = Requests.body(request, OperatedChange.class);
          UUID tenant = Requests.id(id);
          return stale.guard(
              request,
              caller,
              tenant,
              each -> reply(tenants.get(each, tenant)),
              each ->
                  reply(
                      tenants.change(
                          each, tenant, version, wanted.displayName(), wanted.limits())));
        });
  }

  /** Keeps everybody of the tenant out. */
  @FunctionName("SuspendTenant")
  @Described(
      body = TenantReason.class,
      answer = OperatedTenant.class,
      tagged = true,
      problems = STATE_CONFLICT)
  public HttpResponseMessage suspend(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operator/tenants/{id}/suspend")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "operator/tenants/{id}/suspend",
        caller -> {
          String reason = Requests.body(request, TenantReason.class).reason();
          return reply(tenants.suspend(caller, Requests.id(id), reason));
        });
  }

  /** Lets the tenant's people in again, and takes a deletion back in its days of grace. */
  @FunctionName("ResumeTenant")
  @Described(
      body = TenantReason.class,
      answer = OperatedTenant.class,
      tagged = true,
      problems = STATE_CONFLICT)
  public HttpResponseMessage resume(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operator/tenants/{id}/resume")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "operator/tenants/{id}/resume",
        caller -> {
          String reason = Requests.body(request, TenantReason.class).reason();
          return reply(tenants.resume(caller, Requests.id(id), reason));
        });
  }

  /** Purges everything of the tenant after 30 days. */
  @FunctionName("DeleteTenant")
  @Described(body = TenantReason.class, answer = OperatedTenant.class, tagged = true)
  public HttpResponseMessage delete(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operator/tenants/{id}/delete")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "operator/tenants/{id}/delete",
        caller -> {
          String reason = Requests.body(request, TenantReason.class).reason();
          return reply(tenants.delete(caller, Requests.id(id), reason));
        });
  }

  /** That the tenant is gone, and what went with it. */
  @FunctionName("GetDeletionCertificate")
  @Described(answer = DeletionCertificate.class)
  public HttpResponseMessage certificate(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "operator/tenants/{id}/deletion-certificate")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "operator/tenants/{id}/deletion-certificate",
        caller -> Reply.ok(tenants.certificate(caller, Requests.id(id))));
  }

  private static Reply reply(OperatedTenant tenant) {
    return Reply.ok(tenant).withETag(tenant.version());
  }
}
