package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.oidc.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may not, on every route. */
@ExtendWith(ApiStack.Started.class)
class RefusalsIntegrationTests {

  private static final String ID = UUID.randomUUID().toString();

  /**
   * @param role the lowest that may; null where every role may
   */
  private record Route(String method, String path, @Nullable String body, @Nullable String role) {}

  private static final List<Route> ROUTES =
      List.of(
          new Route("GET", "/me", null, null),
          new Route("GET", "/admin/users", null, "TENANT_ADMIN"),
          new Route("POST", "/admin/users", "{}", "TENANT_ADMIN"),
          new Route("GET", "/admin/users/" + ID, null, "TENANT_ADMIN"),
          new Route("POST", "/admin/users/" + ID + "/activate", "{}", "TENANT_ADMIN"),
          new Route("POST", "/admin/users/" + ID + "/deactivate", "{}", "TENANT_ADMIN"),
          new Route("GET", "/admin/role-mappings", null, "TENANT_ADMIN"),
          new Route("POST", "/connections", "{}", "TENANT_ADMIN"),
          new Route("GET", "/connections", null, "ADMINISTRATOR"),
          new Route("GET", "/connections/" + ID, null, null),
          new Route("PUT", "/connections/" + ID + "/secret", "{}", "TENANT_ADMIN"),
          new Route("POST", "/sources", "{}", "ADMINISTRATOR"),
          new Route("GET", "/sources", null, "PROFESSIONAL"),
          new Route("GET", "/sources/" + ID, null, null),
          new Route("POST", "/scans", "{\"source_id\":\"" + ID + "\"}", "ADMINISTRATOR"),
          new Route("GET", "/scans", null, null),
          new Route("GET", "/scans/" + ID, null, null),
          new Route("GET", "/scans/" + ID + "/summary", null, null),
          new Route("GET", "/scans/" + ID + "/files", null, null),
          new Route("GET", "/scans/" + ID + "/files/" + ID, null, null),
          new Route("GET", "/scans/" + ID + "/issues", null, null),
          new Route("GET", "/scans/" + ID + "/tree", null, null),
          new Route("POST", "/scans/" + ID + "/cancel", null, "ADMINISTRATOR"),
          new Route("POST", "/scans/" + ID + "/resume", null, "ADMINISTRATOR"));

  @Test
  void noRouteAnswersWithoutAToken(ApiStack api) {
    assertThat(ROUTES)
        .allSatisfy(
            route -> {
              Answer answer = send(api, route, null);
              assertProblem(answer, 401, "AUTH_TOKEN_MISSING");
              assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
            });
  }

  @Test
  void whatNoRouteTakesIsAProblemToo(ApiStack api) {
    assertProblem(api.call("GET", "/no/such/route", null, null), 404, "NOT_FOUND");
    Answer answer = api.call("DELETE", "/scans/" + ID + "/cancel", null, null);
    assertProblem(answer, 405, "METHOD_NOT_ALLOWED");
    assertThat(answer.headers()).containsEntry("Allow", "POST");
  }

  @Test
  void noRouteAnswersToATokenThatProvesNothing(ApiStack api) {
    TokenRequest right = TokenRequest.of(ApiStack.tenant(), "TENANT_ADMIN");
    List<String> tokens =
        List.of(
            Tokens.untrusted(api.stack().issuer()).mint(right),
            api.stack().tokens().mint(right.withAudience("another-api")),
            api.stack().tokens().mint(right.withLife(Duration.ofMinutes(-5))),
            "not-a-token");
    assertThat(ROUTES)
        .allSatisfy(
            route ->
                assertThat(tokens)
                    .allSatisfy(
                        token ->
                            assertProblem(send(api, route, token), 401, "AUTH_TOKEN_INVALID")));
  }

  @Test
  void aViewerMayOnlyReadWhatIsForAll(ApiStack api) {
    String viewer = api.token(ApiStack.tenant(), "VIEWER");
    assertThat(ROUTES.stream().filter(route -> route.role() != null))
        .allSatisfy(
            route -> {
              Answer answer = send(api, route, viewer);
              assertProblem(answer, 403, "PERMISSION_DENIED");
              assertThat(answer.at("/details/required_role")).isEqualTo(route.role());
            });
  }

  @Test
  void anIdOfNobodyIsNotFound(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(ROUTES.stream().filter(route -> route.path().contains(ID)))
        .allSatisfy(route -> assertProblem(send(api, route, admin), 404, "NOT_FOUND"));
  }

  @Test
  void anIdOfNoFormIsNotFound(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    Stream<Route> bent =
        ROUTES.stream()
            .filter(route -> route.path().contains(ID))
            .map(r -> new Route(r.method(), r.path().replace(ID, "17"), r.body(), r.role()));
    assertThat(bent).allSatisfy(route -> assertProblem(send(api, route, admin), 404, "NOT_FOUND"));
  }

  @Test
  void bodiesThatCannotBeReadAreNamed(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String large = "{\"name\":\"" + "a".repeat(1 << 20) + "\"}";

    assertProblem(api.post("/scans", admin, "{nope"), 400, "MALFORMED_REQUEST");
    assertProblem(api.post("/sources", admin, "[]"), 400, "VALIDATION_FAILED");
    assertProblem(api.post("/connections", admin, large), 413, "PAYLOAD_TOO_LARGE");
    assertProblem(
        api.call("POST", "/sources", admin, "{}", "Content-Type", "text/plain"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    Answer unknown = api.post("/sources", admin, "{\"Name\":\"x\",\"container\":7}");
    assertProblem(unknown, 400, "VALIDATION_FAILED");
    assertThat(unknown.at("/details/fields/0/pointer")).isEqualTo("/Name");
    assertThat(unknown.at("/details/fields/1/pointer")).isEqualTo("/container");
    assertProblem(api.get("/scans?limit=201", admin), 400, "VALIDATION_FAILED");
    assertProblem(api.get("/scans?state=SLEEPING", admin), 400, "VALIDATION_FAILED");
    assertProblem(api.get("/scans?cursor=abc", admin), 400, "PAGE_CURSOR_INVALID");
  }

  @Test
  void theCallersRequestIdAndTraceComeBack(ApiStack api) {
    Answer answer =
        api.call(
            "GET",
            "/scans/" + ID,
            api.token(ApiStack.tenant(), "VIEWER"),
            null,
            "X-Request-Id",
            "console.12345",
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    assertThat(answer.headers()).containsEntry("X-Request-Id", "console.12345");
    assertThat(answer.at("/request_id")).isEqualTo("console.12345");
    assertThat(answer.at("/trace_id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  private static Answer send(ApiStack api, Route route, @Nullable String token) {
    return api.call(
        route.method(),
        route.path(),
        token,
        route.body(),
        "Idempotency-Key",
        UUID.randomUUID().toString(),
        "If-Match",
        "\"v0\"");
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(answer.body().propertyNames())
        .containsExactlyInAnyOrder(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "code",
            "trace_id",
            "request_id",
            "retryable",
            "fix",
            "details");
    assertThat(answer.at("/code")).isEqualTo(code);
    assertThat(answer.at("/type")).isEqualTo("urn:dorsal:error:" + code);
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("X-Request-Id", answer.at("/request_id"));
    assertThat(answer.at("/trace_id")).matches("[0-9a-f]{32}");
  }
}
