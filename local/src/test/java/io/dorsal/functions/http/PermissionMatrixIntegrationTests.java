package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiContract.Operation;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.oidc.Tokens;
import io.dorsal.local.stack.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every route of the description, with every kind of credential, as its row says. */
@ExtendWith(ApiStack.Started.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionMatrixIntegrationTests {

  private static final List<String> LADDER =
      List.of("VIEWER", "EXPERT", "PROFESSIONAL", "ADMINISTRATOR", "TENANT_ADMIN");
  private static final List<String> ROLES = People.ROLES;

  /** The scraper's token and the sender's signature are no login. */
  private static final List<String> WITH_A_PROOF_OF_THEIR_OWN =
      List.of("/metrics", "/webhooks/identity/{issuerKey}");

  private static final List<String> SEEN_BY_ALL =
      List.of("/connections/{id}", "/sources/{id}", "/scans/{id}", "/spreadsheet-formats/{id}");

  /** What whoever runs the platform sees and settles of every tenant. */
  private static final List<String> OF_THE_PLATFORM =
      List.of(
          "/operator/tenants/",
          "/admin/jobs/",
          "/admin/dead-letters/",
          "/admin/traces/",
          "/admin/requests/");

  private static final String NAME = "{\"name\":\"N\"}";

  /**
   * What is right in itself, so that nothing but the id is left to refuse; {@code {}} elsewhere.
   */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("/admin/users/{id}", "{\"display_name\":\"N\"}"),
          Map.entry("/admin/users/{id}/merge", "{\"user_id\":\"" + UUID.randomUUID() + "\"}"),
          Map.entry("/admin/users/{id}/roles", "{\"roles\":[]}"),
          Map.entry("/populations/{id}", NAME),
          Map.entry("/populations/{id}/reject", "{\"reason\":\"R\"}"),
          Map.entry("/populations/{id}/delete", NAME),
          Map.entry("/populations/{id}/join-requests/{request_id}/reject", "{\"reason\":\"R\"}"),
          Map.entry(
              "/populations/{id}/members",
              "{\"first_name\":\"A\",\"last_name\":\"B\",\"email\":\"a@b.example\",\"role\":\"VIEWER\"}"),
          Map.entry("/populations/{id}/members/{user_id}", "{\"role\":\"VIEWER\"}"),
          Map.entry("/organizations/{id}", NAME),
          Map.entry(
              "/organizations/{id}/members",
              "{\"user_id\":\"" + UUID.randomUUID() + "\",\"role\":\"MEMBER\"}"),
          Map.entry("/organizations/{id}/members/{user_id}", "{\"role\":\"MEMBER\"}"),
          Map.entry("/organizations/{id}/verification", "{\"verification\":\"ACKNOWLEDGED\"}"),
          Map.entry("/operator/tenants/{id}", "{\"display_name\":\"N\"}"),
          Map.entry("/api-keys/{id}", NAME),
          Map.entry("/admin/webhooks/{id}", NAME),
          Map.entry("/connections/{id}", NAME),
          Map.entry("/connections/{id}/secret", "{\"secret\":\"sv=1&sig=x\"}"),
          Map.entry("/sources/{id}", NAME),
          Map.entry("/sources/{id}/schedule", "{\"cron\":\"0 3 * * *\"}"),
          Map.entry("/scans/{id}/guard", "{\"decision\":\"CONFIRM\"}"),
          Map.entry("/spreadsheet-formats/{id}", "{\"name\":\"F\",\"required_headers\":[\"a\"]}"));

  private final String tenant = ApiStack.tenant();
  private final String stranger = ApiStack.tenant();
  private WrittenArchive archive;
  private Belongings things;

  @BeforeAll
  void aTenantWithOneOfEach(ApiStack api) {
    archive = api.archive(12);
    things = new Belongings(api, tenant, archive);
  }

  /** Otherwise what follows proves nothing of them. */
  @Test
  void whatTheTenantHasIsThereForWhoeverMaySeeIt(ApiStack api) {
    List<String> tokens =
        Stream.of("TENANT_ADMIN", "ADMINISTRATOR").map(role -> api.token(tenant, role)).toList();
    for (Operation operation : guarded(api)) {
      if (things.isThing(operation)) {
        assertThat(tokens)
            .as(operation.path())
            .anyMatch(token -> send(api, operation, things.path(operation), token).status() == 200);
      }
    }
  }

  @Test
  void withoutATokenNothingIsServedThatIsNotForAnyone(ApiStack api) {
    for (Operation operation : api.contract().operations()) {
      Answer answer = send(api, operation, things.path(operation), null);
      if (operation.role().equals("ANYONE")) {
        assertThat(answer.status() == 401)
            .as(said(operation, answer))
            .isEqualTo(WITH_A_PROOF_OF_THEIR_OWN.contains(operation.path()));
      } else {
        assertThat(answer.status()).as(said(operation, answer)).isEqualTo(401);
        assertThat(answer.at("/code")).isEqualTo("AUTH_TOKEN_MISSING");
      }
    }
  }

  @Test
  void aForgedTokenOpensNothing(ApiStack api) {
    String forged =
        Tokens.untrusted(api.stack().issuer()).mint(TokenRequest.of(tenant, "TENANT_ADMIN"));
    for (Operation operation : guarded(api)) {
      Answer answer = send(api, operation, things.path(operation), forged);
      assertThat(answer.status()).as(said(operation, answer)).isEqualTo(401);
      assertThat(answer.at("/code")).isEqualTo("AUTH_TOKEN_INVALID");
    }
  }

  @Test
  void eachRoleMayWhatItsRowSays(ApiStack api) {
    for (String role : ROLES) {
      String token = api.token(tenant, role);
      for (Operation operation : guarded(api)) {
        boolean may = may(role, operation.role());
        boolean reads = operation.method().equals("GET");
        // Whoever may change something is not let do it: only the door is looked at here. Behind it
        // populations and organizations have roles of their own.
        boolean own = !may || (reads && !isHidden(operation));
        Answer answer =
            send(api, operation, own ? things.path(operation) : unknown(operation), token);
        String said = role + ": " + said(operation, answer);
        if (may) {
          assertThat(answer.status()).as(said).isNotIn(401, 403);
        } else if (answer.status() != 404 || !reads || !isHidden(operation)) {
          assertThat(answer.status()).as(said).isEqualTo(403);
          assertThat(answer.at("/code")).as(said).isEqualTo("PERMISSION_DENIED");
          assertThat(answer.at("/details/required_role")).as(said).isNotEmpty();
        }
      }
    }
  }

  // 40-13: equal names, guessed ids.
  @Test
  void anotherTenantsThingsAreNotThereForAnyRole(ApiStack api) {
    String theirs = api.token(stranger, "TENANT_ADMIN");
    String made =
        api.post("/connections", theirs, ApiStack.connecting("C", archive, archive.sas()))
            .at("/id");
    assertThat(made).isNotEmpty();
    for (String role : ROLES) {
      String token = api.token(stranger, role);
      for (Operation operation : guarded(api)) {
        if (!operation.path().contains("{")) {
          continue;
        }
        boolean everybodys = role.equals("OPERATOR") && isOfThePlatform(operation);
        String path = everybodys ? unknown(operation) : things.path(operation);
        Answer answer = send(api, operation, path, token);
        String said = role + ": " + said(operation, answer);
        boolean may = may(role, operation.role());
        if (!may && operation.path().matches("/(admin|operator)/.*")) {
          // These tell nobody else whether there is anything; neither do they here.
          assertThat(answer.status()).as(said).isIn(403, 404);
        } else if (operation.method().equals("GET")) {
          assertThat(answer.status()).as(said).isEqualTo(404);
          assertThat(answer.at("/code")).as(said).isEqualTo("NOT_FOUND");
        } else if (may) {
          assertThat(answer.status()).as(said).isEqualTo(404);
        } else {
          assertThat(answer.status()).as(said).isEqualTo(403);
        }
      }
    }
    assertThat(api.get("/connections", theirs).body().at("/items")).hasSize(1);
    for (String list :
        List.of(
            "/sources",
            "/scans",
            "/spreadsheet-formats",
            "/notices",
            "/api-keys",
            "/admin/webhooks",
            "/admin/jobs",
            "/admin/dead-letters")) {
      assertThat(api.get(list, theirs).body().at("/items")).as(list).isEmpty();
    }
  }

  // 40-13: in a query, too, somebody else's id is nobody's.
  @Test
  void anotherTenantsIdsInAQueryAnswerAsIdsOfNothing(ApiStack api) {
    String theirs = api.token(stranger, "TENANT_ADMIN");
    Set<String> asked = new TreeSet<>();
    for (Operation operation : guarded(api)) {
      for (String parameter : idsInQuery(operation)) {
        String query = operation.path() + "?" + parameter + "=";
        String nobodys = UUID.randomUUID().toString();
        Answer nothing = api.get(query + nobodys, theirs);
        for (String id : things.ids()) {
          Answer foreign = api.get(query + id, theirs);
          String said = query + id + " -> " + foreign.text();
          assertThat(foreign.status()).as(said).isEqualTo(nothing.status());
          assertThat(foreign.body().path("items").toString().replace(id, nobodys))
              .as(said)
              .isEqualTo(nothing.body().path("items").toString());
        }
        asked.add(query);
      }
    }
    assertThat(asked).contains("/scans?source_id=", "/admin/audit?resource_id=");
  }

  private static List<String> idsInQuery(Operation operation) {
    return !operation.method().equals("GET") || operation.path().contains("{")
        ? List.of()
        : operation
            .json()
            .path("parameters")
            .valueStream()
            .filter(parameter -> parameter.path("in").asString("").equals("query"))
            .map(parameter -> parameter.path("name").asString(""))
            .filter(name -> name.endsWith("_id"))
            .toList();
  }

  private static boolean may(String role, String needed) {
    return switch (needed) {
      case "ANYONE", "SIGNED_IN" -> true;
      case "MEMBER" -> !List.of("OPERATOR", "AUDITOR").contains(role);
      case "AUDITOR" -> List.of("AUDITOR", "TENANT_ADMIN").contains(role);
      case "TENANT_ADMIN_OR_OPERATOR" -> List.of("TENANT_ADMIN", "OPERATOR").contains(role);
      case "OPERATOR" -> role.equals("OPERATOR");
      default -> LADDER.contains(needed) && LADDER.indexOf(role) >= LADDER.indexOf(needed);
    };
  }

  private static boolean isOfThePlatform(Operation operation) {
    return OF_THE_PLATFORM.stream().anyMatch(operation.path()::startsWith);
  }

  private static List<Operation> guarded(ApiStack api) {
    List<Operation> guarded = new ArrayList<>(api.contract().operations());
    guarded.removeIf(operation -> operation.role().equals("ANYONE"));
    assertThat(guarded).hasSizeGreaterThan(40);
    return guarded;
  }

  /** Whether not every role that may not read it sees that it is there. */
  private static boolean isHidden(Operation operation) {
    return SEEN_BY_ALL.stream().noneMatch(operation.path()::startsWith);
  }

  private static String unknown(Operation operation) {
    return operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
  }

  private static Answer send(
      ApiStack api, Operation operation, String path, @Nullable String token) {
    boolean sends = List.of("POST", "PUT", "PATCH").contains(operation.method());
    return api.call(
        operation.method(),
        path,
        token,
        sends ? BODIES.getOrDefault(operation.path(), "{}") : null,
        "Idempotency-Key",
        UUID.randomUUID().toString(),
        "If-Match",
        "\"v9999\"");
  }

  private static String said(Operation operation, Answer answer) {
    return operation.method()
        + " "
        + operation.path()
        + " -> "
        + answer.status()
        + " "
        + answer.text();
  }
}
