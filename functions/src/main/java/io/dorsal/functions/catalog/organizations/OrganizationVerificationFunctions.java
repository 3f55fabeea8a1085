package io.dorsal.functions.catalog.organizations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.catalog.organizations.OrganizationVerifications;
import io.dorsal.catalog.organizations.VerificationWanted;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How a tenant's administrators verify organizations, over HTTP. Thread-safe. */
@Component
public class OrganizationVerificationFunctions {

  private final Endpoint endpoint;
  private final OrganizationVerifications verifications;
  private final StaleVersions stale;

  OrganizationVerificationFunctions(
      Endpoint endpoint, OrganizationVerifications verifications, StaleVersions stale) {
    this.endpoint = endpoint;
    this.verifications = verifications;
    this.stale = stale;
  }

  /** What was decided, with all notes. */
  @Described(answer = OrganizationVerificationAnswer.class, tagged = true)
  @FunctionName("GetOrganizationVerification")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/verification")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "organizations/{id}/verification",
        caller -> OrganizationVerificationAnswer.reply(verifications.get(caller, Requests.id(id))));
  }

  /** Decides; the organization's administrators are told the shareable note. */
  @Described(
      body = VerificationWanted.class,
      answer = OrganizationVerificationAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = ErrorCode.STATE_CONFLICT)
  @FunctionName("DecideOrganizationVerification")
  public HttpResponseMessage decide(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/verification")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "organizations/{id}/verification",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID organization = Requests.id(id);
          var wanted = Requests.body(request, VerificationWanted.class);
          return stale.guard(
              request,
              caller,
              organization,
              each -> OrganizationVerificationAnswer.reply(verifications.get(each, organization)),
              each ->
                  OrganizationVerificationAnswer.reply(
                      verifications.decide(each, organization, seen, wanted)));
        });
  }
}
