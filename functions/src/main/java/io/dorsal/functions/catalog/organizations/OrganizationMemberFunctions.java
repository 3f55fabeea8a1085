package io.dorsal.functions.catalog.organizations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.catalog.organizations.MemberWanted;
import io.dorsal.catalog.organizations.OrganizationMember;
import io.dorsal.catalog.organizations.OrganizationMembers;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who belongs to an organization, over HTTP. Thread-safe. */
@Component
public class OrganizationMemberFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final OrganizationMembers members;
  private final StaleVersions stale;

  OrganizationMemberFunctions(Endpoint endpoint, OrganizationMembers members, StaleVersions stale) {
    this.endpoint = endpoint;
    this.members = members;
    this.stale = stale;
  }

  /** What may be changed of a member. */
  record MemberChange(@Nullable String role) {}

  /** By name, for the organization's administrators. */
  @Described(answer = OrganizationMemberAnswer.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListOrganizationMembers")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/members")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "organizations/{id}/members",
        caller -> {
          UUID organization = Requests.id(id);
          Query query = Query.of(request, "organizations/" + organization + "/members");
          query.paged(MOST_ITEMS).check();
          var section =
              Sections.of(
                  members.list(caller, organization), query, each -> each.userId().toString());
          return Reply.ok(section.map(OrganizationMemberAnswer::of));
        });
  }

  /** 201; by id or address; whom nobody knows by it is invited and PENDING. */
  @Described(
      status = 201,
      body = MemberWanted.class,
      answer = OrganizationMemberAnswer.class,
      tagged = true,
      problems = {ErrorCode.STATE_CONFLICT, ErrorCode.NAME_TAKEN})
  @FunctionName("AddOrganizationMember")
  public HttpResponseMessage add(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/members")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "organizations/{id}/members",
        caller -> {
          UUID organization = Requests.id(id);
          var wanted = Requests.body(request, MemberWanted.class);
          OrganizationMember added = members.add(caller, organization, wanted);
          String location = "/api/v1/organizations/" + organization + "/members/" + added.userId();
          return Reply.created(OrganizationMemberAnswer.of(added), location)
              .withETag(added.version());
        });
  }

  /** One member, for the organization's administrators and for oneself. */
  @Described(answer = OrganizationMemberAnswer.class, tagged = true)
  @FunctionName("GetOrganizationMember")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/members/{user_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("user_id") String userId) {
    return endpoint.answer(
        request,
        "organizations/{id}/members/{user_id}",
        caller ->
            OrganizationMemberAnswer.reply(
                members.get(caller, Requests.id(id), Requests.id(userId))));
  }

  /** Gives a member the other role. */
  @Described(
      body = MemberChange.class,
      answer = OrganizationMemberAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.LAST_ADMINISTRATOR, ErrorCode.STATE_CONFLICT})
  @FunctionName("ChangeOrganizationMember")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/members/{user_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("user_id") String userId) {
    return endpoint.answer(
        request,
        "organizations/{id}/members/{user_id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID organization = Requests.id(id);
          UUID user = Requests.id(userId);
          String role = Requests.body(request, MemberChange.class).role();
          UUID membership = members.get(caller, organization, user).id();
          return stale.guard(
              request,
              caller,
              membership,
              each -> OrganizationMemberAnswer.reply(members.get(each, organization, user)),
              each ->
                  OrganizationMemberAnswer.reply(
                      members.change(each, organization, user, seen, role)));
        });
  }

  /** 204; whoever names themself leaves. */
  @Described(
      status = 204,
      problems = {ErrorCode.LAST_ADMINISTRATOR, ErrorCode.STATE_CONFLICT})
  @FunctionName("RemoveOrganizationMember")
  public HttpResponseMessage remove(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "organizations/{id}/members/{user_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("user_id") String userId) {
    return endpoint.answer(
        request,
        "organizations/{id}/members/{user_id}",
        caller -> {
          members.remove(caller, Requests.id(id), Requests.id(userId));
          return Reply.nothing();
        });
  }
}
