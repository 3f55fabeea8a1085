package io.dorsal.functions.access;

import static io.dorsal.functions.access.IdentityProviderForTests.PATH;
import static io.dorsal.functions.access.IdentityProviderForTests.now;
import static io.dorsal.functions.access.IdentityProviderForTests.signature;
import static io.dorsal.functions.access.IdentityProviderForTests.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.operations.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the identity provider tells of users, and what comes of it. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class IdentityWebhookIntegrationTests {

  private final String tenant = ApiStack.tenant();
  private final UUID tenantId = TokenRequest.tenantId(tenant);
  private final String subject = "ann@" + tenant;
  private String admin;
  private String token;
  private String id;

  @BeforeEach
  void user(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
    token = api.stack().tokens().mint(TokenRequest.user(tenant, subject));
    id = api.get("/me", token).at("/id");
  }

  private String event(String type, @Nullable Integer sequence) {
    return """
    {"type":"%s","tenant_id":"%s","sequence":%s,"occurred_at":"%s","user":{"subject":"%s"}}
    """
        .formatted(type, tenantId, sequence, Instant.now(), subject);
  }

  /** Tells it, and waits until it is applied; the effect. */
  private String told(ApiStack api, String body) {
    String eventId = UUID.randomUUID().toString();
    assertThat(tell(api, eventId, body, now()).status()).isEqualTo(204);
    return effect(api, eventId);
  }

  private String effect(ApiStack api, String eventId) {
    return api.await(
        "event " + eventId + " is applied",
        () ->
            api
                .rows(
                    "select effect from identity_event where event_id = '%s' and applied_at is not null"
                        .formatted(eventId))
                .stream()
                .findFirst()
                .orElse(null));
  }

  private Answer awaitStatus(ApiStack api, int status) {
    return api.await(
        "the answer is " + status,
        () -> {
          Answer now = api.get("/me", token);
          return now.status() == status ? now : null;
        });
  }

  // 40-6
  @Test
  void deactivatedUsersAreOutWithinFiveSeconds(ApiStack api) {
    String body = event("user.deactivated", 1);
    assertThat(tell(api, UUID.randomUUID().toString(), body, now()).status()).isEqualTo(204);
    long begin = System.nanoTime();
    Answer refused = awaitStatus(api, 403);
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    assertThat(refused.at("/code")).isEqualTo("AUTHZ_USER_SUSPENDED");
    assertThat(refused.at("/details/deactivated_via")).isEqualTo("IDENTITY_WEBHOOK");
    assertThat(refused.at("/details/status")).isEqualTo("SUSPENDED");
    assertThat(
            api.rows(
                "select after->>'effect' from audit_entry where tenant_id = '%s' and action = 'identity.user.deactivated'"
                    .formatted(tenantId)))
        .containsExactly("SUSPENDED");
  }

  /** 40 §10 and §11: a function's message is a hop of its trace and measured, as a worker's is. */
  @Test
  void whatIsToldIsFollowedThroughTheQueue(ApiStack api) {
    TraceContext teller = TraceContext.start();
    String eventId = UUID.randomUUID().toString();
    String body = event("user.updated", 1);
    Answer told =
        api.call(
            "POST",
            PATH,
            null,
            body,
            "X-Identity-Event-Id",
            eventId,
            "X-Identity-Signature",
            signature(api, now(), body),
            "traceparent",
            teller.traceparent());
    assertThat(told.status()).isEqualTo(204);
    effect(api, eventId);
    List<String> hops =
        api.await(
            "the message's hop has ended",
            () -> {
              List<String> ended =
                  api.rows(
                      """
                      select m.name, m.state, m.tenant_id, o.kind, m.request_id from trace_event m
                      left join trace_event o on o.span_id = m.parent_span_id and o.trace_id = m.trace_id
                      where m.trace_id = '%s' and m.kind = 'MESSAGE' and m.state <> 'OPEN'
                        and o.kind is not null
                      """
                          .formatted(teller.traceId()));
              return ended.isEmpty() ? null : ended;
            });
    assertThat(hops)
        .containsExactly(
            "identity-events|OK|%s|OUTBOX|%s"
                .formatted(tenantId, told.headers().get("X-Request-Id")));
    assertThat(api.call("GET", "/metrics", api.stack().metricsToken(), null).text())
        .contains("dorsal_queue_jobs_processed_total{queue=\"identity-events\",result=\"ok\"}");
  }

  // 40-8
  @Test
  void activationWarnsWhileTheProviderSaysOtherwise(ApiStack api) {
    assertThat(told(api, event("user.deactivated", 1))).isEqualTo("SUSPENDED");
    awaitStatus(api, 403);
    Answer activated = api.post("/admin/users/" + id + "/activate", admin, "{}");
    assertThat(activated.at("/warnings/0"))
        .as(activated.text())
        .isEqualTo("IDENTITY_STILL_DISABLED");
    assertThat(api.get("/me", token).status()).isEqualTo(200);

    assertThat(told(api, event("user.deactivated", 2))).isEqualTo("SUSPENDED");
    awaitStatus(api, 403);
    assertThat(told(api, event("user.reactivated", 3))).isEqualTo("ACTIVATED");
    awaitStatus(api, 200);
    Answer again = api.post("/admin/users/" + id + "/activate", admin, "{}");
    assertThat(again.body().path("warnings")).isEmpty();
  }

  // 40-9
  @Test
  void olderAndRepeatedEventsHaveNoEffect(ApiStack api) {
    assertThat(told(api, event("user.reactivated", 2))).isEqualTo("UPDATED");
    assertThat(told(api, event("user.deactivated", 1))).isEqualTo("STALE");
    assertThat(api.get("/me", token).status()).isEqualTo(200);

    String twice = UUID.randomUUID().toString();
    String body = event("user.deactivated", 3);
    assertThat(tell(api, twice, body, now()).status()).isEqualTo(204);
    assertThat(effect(api, twice)).isEqualTo("SUSPENDED");
    api.post("/admin/users/" + id + "/activate", admin, "{}");
    List<String> acts = acts(api);
    assertThat(tell(api, twice, body, now()).status()).isEqualTo(204);
    // Its message, were there one, would lie in the queue before that of the next event.
    assertThat(told(api, event("user.promoted", 4))).isEqualTo("UNKNOWN_TYPE");
    assertThat(api.rows("select 1 from identity_event where event_id = '%s'".formatted(twice)))
        .hasSize(1);
    assertThat(api.get("/me", token).status()).isEqualTo(200);
    assertThat(acts(api)).isEqualTo(acts);
  }

  /** What the audit tells of the user. */
  private List<String> acts(ApiStack api) {
    return api.rows(
        "select action from audit_entry where resource_id = '%s' order by event_id".formatted(id));
  }

  // 40-9
  @Test
  void onlyFreshSignaturesOverTheVeryBodyAreBelieved(ApiStack api) {
    String body = event("user.deactivated", 1);
    String eventId = UUID.randomUUID().toString();
    assertUnsigned(tell(api, eventId, body, now() - 301));
    assertUnsigned(tell(api, eventId, body, now() + 310));
    assertUnsigned(signed(api, PATH, body + " ", signature(api, now(), body)));
    assertUnsigned(signed(api, PATH, body, "t=" + now() + ",v1=" + "0".repeat(64)));
    assertUnsigned(signed(api, PATH, body, "v1"));
    assertUnsigned(signed(api, "/webhooks/identity/other", body, signature(api, now(), body)));
    assertUnsigned(api.call("POST", PATH, null, body, "X-Identity-Event-Id", eventId));
    assertThat(api.rows("select 1 from identity_event where tenant_id = '%s'".formatted(tenantId)))
        .isEmpty();
    Answer large = tell(api, eventId, " ".repeat(256 * 1024) + body, now());
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.at("/code")).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  private static Answer signed(ApiStack api, String path, String body, String signature) {
    return api.call(
        "POST",
        path,
        null,
        body,
        "X-Identity-Event-Id",
        "an-event",
        "X-Identity-Signature",
        signature);
  }

  private static void assertUnsigned(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.at("/code")).isEqualTo("WEBHOOK_SIGNATURE_INVALID");
  }

  @Test
  void groupsOfTheProviderGiveTheRolesTheyAreMappedTo(ApiStack api) {
    String tag = api.get("/admin/role-mappings", admin).tag();
    api.call(
        "PUT",
        "/admin/role-mappings",
        admin,
        "{\"role_mappings\":[{\"group\":\"Auditors\",\"role\":\"AUDITOR\"}]}",
        "If-Match",
        tag);
    String group = "\"group\":{\"id\":\"g7\",\"name\":\"Auditors\"}";
    assertThat(told(api, group("group.created", 1, group))).isEqualTo("GROUP_SAVED");
    String in = group + ",\"members\":[\"" + subject + "\",\"nobody\"]";
    assertThat(told(api, group("group.members_changed", 2, in))).isEqualTo("MEMBERS_CHANGED");
    api.await("the role", () -> api.get("/me", token).at("/role").equals("AUDITOR") ? 1 : null);
    assertThat(told(api, group("group.members_changed", 3, group + ",\"members\":[]")))
        .isEqualTo("MEMBERS_CHANGED");
    api.await("no role", () -> api.get("/me", token).at("/role").equals("MEMBER") ? 1 : null);
    assertThat(told(api, group("group.deleted", 4, group))).isEqualTo("GROUP_DELETED");
  }

  private String group(String type, int sequence, String rest) {
    return """
    {"type":"%s","tenant_id":"%s","sequence":%d,"occurred_at":"%s",%s}
    """
        .formatted(type, tenantId, sequence, Instant.now(), rest);
  }

  @Test
  void otherEventsChangeUsersAndTheTenantOrAreKeptAlone(ApiStack api) {
    String created = event("user.created", 1).replace(subject, "new@" + tenant);
    assertThat(told(api, created)).isEqualTo("CREATED");
    assertThat(
            api.rows(
                "select status from users where tenant_id = '%s' and subject = 'new@%s'"
                    .formatted(tenantId, tenant)))
        .containsExactly("PENDING");
    assertThat(told(api, event("user.promoted", 1))).isEqualTo("UNKNOWN_TYPE");
    assertThat(told(api, event("user.deactivated", 1).replace(subject, "nobody")))
        .isEqualTo("NONE");
    assertThat(told(api, event("user.deleted", 2))).isEqualTo("DELETED");
    assertThat(awaitStatus(api, 403).at("/details/status")).isEqualTo("DELETED");

    assertThat(told(api, event("tenant.suspended", 1))).isEqualTo("TENANT_SUSPENDED");
    Answer out =
        api.await(
            "the tenant is out",
            () -> {
              Answer now = api.get("/me", admin);
              return now.status() == 403 ? now : null;
            });
    assertThat(out.at("/code")).isEqualTo("AUTHZ_TENANT_SUSPENDED");
    assertThat(told(api, event("tenant.resumed", 2))).isEqualTo("TENANT_RESUMED");
    assertThat(api.get("/me", admin).status()).isEqualTo(200);
  }
}
