package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.accounts.TenantAdministration;
import io.dorsal.accounts.TenantView;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.Validation;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The caller's tenant and its settings. Thread-safe. */
@Component
public class TenantFunctions {

  private final Endpoint endpoint;
  private final TenantAdministration tenants;
  private final StaleVersions stale;

  TenantFunctions(Endpoint endpoint, TenantAdministration tenants, StaleVersions stale) {
    this.endpoint = endpoint;
    this.tenants = tenants;
    this.stale = stale;
  }

  /**
   * @param settings a JSON merge patch
   * @param confirmDataLoss that a shortened retention lets go of data is known
   */
  record TenantChange(@Nullable JsonNode settings, @Nullable Boolean confirmDataLoss) {}

  /** The tenant, its settings as they hold, and the ceilings above them. */
  @FunctionName("GetTenant")
  @Described(answer = TenantView.class, tagged = true)
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/tenant")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(request, "admin/tenant", caller -> reply(tenants.get(caller)));
  }

  /** Changes settings by JSON merge patch. */
  @FunctionName("ChangeTenant")
  @Described(body = TenantChange.class, answer = TenantView.class, tagged = true, ifMatch = true)
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/tenant")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/tenant",
        caller -> {
          int version = Headers.ifMatch(request);
          TenantChange wanted = Requests.body(request, TenantChange.class);
          new Validation()
              .check(wanted.settings() != null, "settings", "REQUIRED", "settings is missing.")
              .orThrow();
          boolean confirmed = Boolean.TRUE.equals(wanted.confirmDataLoss());
          JsonNode settings = Objects.requireNonNull(wanted.settings());
          return stale.guard(
              request,
              caller,
              caller.tenantId(),
              each -> reply(tenants.get(each)),
              each -> reply(tenants.change(each, version, settings, confirmed)));
        });
  }

  private static Reply reply(TenantView tenant) {
    return Reply.ok(tenant).withETag(tenant.version());
  }
}
