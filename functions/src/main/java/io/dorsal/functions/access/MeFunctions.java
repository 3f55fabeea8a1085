package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.access.Scope;
import io.dorsal.access.TenantRole;
import io.dorsal.accounts.Tenants;
import io.dorsal.accounts.UserStatus;
import io.dorsal.accounts.Users;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What callers may know of themselves. Thread-safe. */
@Component
public class MeFunctions {

  private final Endpoint endpoint;
  private final Users users;
  private final Tenants tenants;

  MeFunctions(Endpoint endpoint, Users users, Tenants tenants) {
    this.endpoint = endpoint;
    this.users = users;
    this.tenants = tenants;
  }

  /** A role in a population. */
  record Membership(UUID populationId, String role) {}

  /** A role in an organization. */
  record OrganizationMembership(UUID organizationId, String role) {}

  /** The tenant, as its people see it. */
  record Home(UUID id, String name, String displayName) {}

  /**
   * The caller.
   *
   * @param id null for an operator who is no user of the tenant
   * @param tenant null where an operator names one that does not exist
   */
  record MeAnswer(
      @Nullable UUID id,
      @Nullable Home tenant,
      @Nullable String email,
      @Nullable String displayName,
      @Nullable UserStatus status,
      TenantRole role,
      boolean operator,
      List<Membership> populations,
      List<OrganizationMembership> organizations,
      List<String> scopes) {}

  /** Who the caller is and what the credential is good for. */
  @Described(answer = MeAnswer.class)
  @FunctionName("GetMe")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "me")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(request, "me", caller -> Reply.ok(answer(caller)));
  }

  private MeAnswer answer(Caller caller) {
    var user = users.self(caller).map(Users.Member::user).orElse(null);
    return new MeAnswer(
        caller.userId(),
        tenants
            .find(caller.tenantId())
            .map(found -> new Home(found.id(), found.name(), found.displayName()))
            .orElse(null),
        user == null ? null : user.profile().email(),
        user == null ? null : user.profile().displayName(),
        user == null ? null : user.standing().status(),
        caller.role(),
        caller.operator(),
        caller.populations().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> new Membership(each.getKey(), each.getValue().name()))
            .toList(),
        caller.organizations().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> new OrganizationMembership(each.getKey(), each.getValue().name()))
            .toList(),
        caller.scopes().stream().map(Scope::text).sorted().toList());
  }
}
