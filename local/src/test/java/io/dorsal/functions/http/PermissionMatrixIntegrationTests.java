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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

  private final String tenant = ApiStack.tenant();
  private final String stranger = ApiStack.tenant();
  private final Map<String, String> things = new LinkedHashMap<>();
  private String admin = "";
  private WrittenArchive archive;

  @BeforeAll
  void aTenantWithOneOfEach(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
    archive = api.archive(12);
    String source = api.source(admin, archive);
    String connection = api.get("/sources/" + source, admin).at("/connection_id");
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(admin, scan, "COMPLETED");
    String file = api.get("/scans/" + scan + "/files", admin).at("/items/0/id");
    String format =
        api.post("/spreadsheet-formats", admin, "{\"name\":\"F\",\"required_headers\":[\"a\"]}")
            .at("/id");
    api.call(
        "PUT",
        "/sources/" + source + "/schedule",
        admin,
        "{\"cron\":\"0 3 * * *\",\"time_zone\":\"UTC\",\"mode\":\"INCREMENTAL\"}");
    things.put("/connections/{id}", connection);
    things.put("/sources/{id}", source);
    things.put("/scans/{id}", scan);
    things.put("/spreadsheet-formats/{id}", format);
    things.put("{file_id}", file);
    assertThat(things.values()).doesNotContain("");
  }

  @Test
  void withoutATokenNothingIsServedThatIsNotForAnyone(ApiStack api) {
    for (Operation operation : api.contract().operations()) {
      Answer answer = send(api, operation, own(operation), null);
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
      Answer answer = send(api, operation, own(operation), forged);
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
        // Whoever may change something is not let do it: only the door is looked at here.
        Answer answer =
            send(api, operation, may && !reads ? unknown(operation) : own(operation), token);
        String said = role + ": " + said(operation, answer);
        if (may) {
          assertThat(answer.status()).as(said).isNotIn(401, 403);
        } else if (answer.status() != 404 || !reads || !isUnknown(operation)) {
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
        Answer answer = send(api, operation, own(operation), token);
        String said = role + ": " + said(operation, answer);
        boolean may = may(role, operation.role());
        if (!may && operation.path().matches("/(admin|operator)/.*")) {
          // These tell nobody else whether there is anything; neither do they here.
          assertThat(answer.status()).as(said).isIn(403, 404);
        } else if (operation.method().equals("GET")) {
          assertThat(answer.status()).as(said).isEqualTo(404);
          assertThat(answer.at("/code")).as(said).isEqualTo("NOT_FOUND");
        } else if (may) {
          assertThat(answer.status()).as(said).isIn(404, 400);
        } else {
          assertThat(answer.status()).as(said).isEqualTo(403);
        }
      }
    }
    assertThat(api.get("/connections", theirs).body().at("/items")).hasSize(1);
    for (String list : List.of("/sources", "/scans", "/spreadsheet-formats", "/notices")) {
      assertThat(api.get(list, theirs).body().at("/items")).as(list).isEmpty();
    }
  }

  private static boolean may(String role, String needed) {
    return switch (needed) {
      case "ANYONE", "SIGNED_IN" -> true;
      case "MEMBER" -> !role.equals("OPERATOR");
      case "AUDITOR" -> List.of("AUDITOR", "TENANT_ADMIN").contains(role);
      case "TENANT_ADMIN_OR_OPERATOR" -> List.of("TENANT_ADMIN", "OPERATOR").contains(role);
      case "OPERATOR" -> role.equals("OPERATOR");
      default -> LADDER.contains(needed) && LADDER.indexOf(role) >= LADDER.indexOf(needed);
    };
  }

  private static List<Operation> guarded(ApiStack api) {
    List<Operation> guarded = new ArrayList<>(api.contract().operations());
    guarded.removeIf(operation -> operation.role().equals("ANYONE"));
    assertThat(guarded).hasSizeGreaterThan(40);
    return guarded;
  }

  /** The path with what the tenant has; an id of nothing where it has none of it. */
  private String own(Operation operation) {
    String path = operation.path();
    for (var thing : things.entrySet()) {
      String template = thing.getKey();
      path = path.replace(template, template.replaceFirst("\\{.*", "") + thing.getValue());
    }
    return fill(path);
  }

  private boolean isUnknown(Operation operation) {
    return things.keySet().stream().noneMatch(operation.path()::startsWith);
  }

  private static String unknown(Operation operation) {
    return fill(operation.path());
  }

  private static String fill(String path) {
    return path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
  }

  private static Answer send(
      ApiStack api, Operation operation, String path, @Nullable String token) {
    boolean sends = List.of("POST", "PUT", "PATCH").contains(operation.method());
    return api.call(
        operation.method(),
        path,
        token,
        sends ? "{}" : null,
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
