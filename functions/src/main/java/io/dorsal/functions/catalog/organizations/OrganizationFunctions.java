package io.dorsal.functions.catalog.organizations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.catalog.organizations.Organization;
import io.dorsal.catalog.organizations.OrganizationWanted;
import io.dorsal.catalog.organizations.Organizations;
import io.dorsal.catalog.organizations.Verification;
import io.dorsal.functions.http.CreatedOnce;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Organizations over HTTP. Thread-safe. */
@Component
public class OrganizationFunctions {

  private static final String LOCATION = "/api/v1/organizations/";
  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final Organizations organizations;
  private final CreatedOnce once;
  private final StaleVersions stale;

  OrganizationFunctions(
      Endpoint endpoint, Organizations organizations, CreatedOnce once, StaleVersions stale) {
    this.endpoint = endpoint;
    this.organizations = organizations;
    this.once = once;
    this.stale = stale;
  }

  /** By name, filtered by verification and a part of the name. */
  @Described(
      answer = OrganizationAnswer.class,
      page = true,
      most = MOST_ITEMS,
      query = {
        @Described.Param(name = "verification", type = Verification.class),
        @Described.Param(name = "q")
      })
  @FunctionName("ListOrganizations")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "organizations",
        caller -> {
          Query query = Query.of(request, "organizations").paged(MOST_ITEMS);
          var filter =
              new Organizations.Filter(
                  query.constant("verification", Verification.class), query.text("q"));
          query.check();
          String after = query.after().orElse(null);
          List<Organization> found = organizations.page(caller, filter, after, query.limit() + 1);
          return Reply.ok(
              PageAnswer.of(found, query, Organizations::place)
                  .map(each -> OrganizationAnswer.of(caller, each)));
        });
  }

  /** 201; the caller administers it from the next call on. */
  @Described(
      status = 201,
      body = OrganizationWanted.class,
      answer = OrganizationSettingsAnswer.class,
      tagged = true,
      onceOnly = true,
      problems = {ErrorCode.NAME_TAKEN, ErrorCode.STATE_CONFLICT})
  @FunctionName("CreateOrganization")
  public HttpResponseMessage create(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "organizations",
        caller -> {
          var wanted = Requests.body(request, OrganizationWanted.class);
          return once.reply(
              LOCATION,
              caller,
              Headers.idempotencyKey(request),
              request,
              "create",
              () -> OrganizationSettingsAnswer.of(organizations.create(caller, wanted)));
        });
  }

  /** One organization, as everybody of the tenant sees it. */
  @Described(answer = OrganizationAnswer.class, tagged = true)
  @FunctionName("GetOrganization")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "organizations/{id}",
        caller -> OrganizationAnswer.reply(caller, organizations.get(caller, Requests.id(id))));
  }

  /** All of it, for its administrators. */
  @Described(answer = OrganizationSettingsAnswer.class, tagged = true)
  @FunctionName("GetOrganizationSettings")
  public HttpResponseMessage settings(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/settings")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "organizations/{id}/settings",
        caller ->
            OrganizationSettingsAnswer.reply(organizations.settings(caller, Requests.id(id))));
  }

  /** Changes profile and preferences by merge patch; null takes a member away. */
  @Described(
      body = OrganizationWanted.class,
      answer = OrganizationSettingsAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.NAME_TAKEN, ErrorCode.STATE_CONFLICT})
  @FunctionName("ChangeOrganization")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "organizations/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID organization = Requests.id(id);
          var patch = Requests.body(request, OrganizationWanted.class);
          Set<String> nulls = Requests.nulls(request);
          return stale.guard(
              request,
              caller,
              organization,
              each -> OrganizationSettingsAnswer.reply(organizations.settings(each, organization)),
              each ->
                  OrganizationSettingsAnswer.reply(
                      organizations.change(each, organization, seen, patch, nulls)));
        });
  }
}
