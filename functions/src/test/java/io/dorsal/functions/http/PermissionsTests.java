package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.azure.functions.HttpMethod;
import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Scope;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTests {

  private static final Permission ROW =
      new Permission(
          HttpMethod.POST,
          "things/{id}",
          Who.ADMINISTRATOR,
          Scope.ONBOARDING_WRITE,
          RateClass.WRITE,
          "Changing a thing",
          false);

  /** 40, section 3: AUDITOR reads audit, metrics, quotas, nothing else. */
  @Test
  void anAuditorReadsTheAuditLogAndTheTenantAndWhatIsTheirOwn() {
    Caller auditor = Caller.of(UUID.randomUUID(), "a", TenantRole.AUDITOR);
    assertThat(Permissions.all())
        .filteredOn(row -> row.who() != Who.ANYONE && row.who().includes(auditor))
        .extracting(row -> row.method() + " " + row.route())
        .containsExactlyInAnyOrder(
            "GET admin/audit",
            "GET admin/audit/verify",
            "POST admin/audit/exports",
            "GET admin/audit/exports/{id}",
            "GET admin/tenant",
            "GET me",
            "GET notices",
            "POST notices/{id}/read",
            "GET api-keys",
            "GET api-keys/{id}",
            "DELETE api-keys/{id}",
            "DELETE connections/expiry-calendar/feed",
            "POST populations/{id}/leave",
            "POST populations/{id}/join-requests/{request_id}/withdraw");
  }

  @ParameterizedTest
  @CsvSource({
    "scans, '[GET, POST]'",
    "SCANS, '[GET, POST]'",
    "scans/7, '[DELETE, GET]'",
    "scans/7/cancel, '[POST]'",
    "scans/7/parts, '[]'",
    "other, '[]'",
    "'', '[]'"
  })
  void aPathTakesTheMethodsOfItsRows(String path, String methods) {
    assertThat(Permissions.methods(path)).hasToString(methods);
  }

  @Test
  void everyMethodOfARouteHasOneRow() {
    assertThat(Permissions.all())
        .extracting(row -> row.method() + " " + row.route())
        .doesNotHaveDuplicates();
  }

  @Test
  void whateverChangesDataIsForPeopleWhoSignedIn() {
    assertThat(Permissions.all())
        .filteredOn(row -> row.who() == Who.ANYONE)
        .allMatch(row -> row.scope() == null);
  }

  @Test
  void aLowerRoleIsToldWhichOneItTakes() {
    Caller expert = member(PopulationRole.EXPERT);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> ROW.checkRole(expert))
        .satisfies(
            e -> {
              assertThat(e.problem().name()).isEqualTo("PERMISSION_DENIED");
              assertThat(e.detail()).isEqualTo("Changing a thing needs the role ADMINISTRATOR.");
              assertThat(e.details()).isEqualTo(Map.of("required_role", "ADMINISTRATOR"));
            });
    ROW.checkRole(member(PopulationRole.ADMINISTRATOR));
    ROW.checkRole(Caller.of(UUID.randomUUID(), "a", TenantRole.TENANT_ADMIN));
  }

  // 40-15: a key with too small a scope, whatever its owner may.
  @Test
  void aNarrowTokenIsToldWhichScopeItTakes() {
    Caller narrow =
        new Caller(
            UUID.randomUUID(),
            null,
            "a",
            TenantRole.TENANT_ADMIN,
            false,
            Map.of(),
            Map.of(),
            Set.of(Scope.ONBOARDING_READ),
            null);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> ROW.checkScope(narrow))
        .satisfies(
            e -> {
              assertThat(e.problem().name()).isEqualTo("SCOPE_MISSING");
              assertThat(e.details()).isEqualTo(Map.of("required_scope", "onboarding:write"));
            });
  }

  @Test
  void eachRoleIncludesWhatStandsBelowIt() {
    Caller member = Caller.of(UUID.randomUUID(), "a", TenantRole.MEMBER);
    Caller operator =
        new Caller(
            UUID.randomUUID(),
            null,
            "o",
            TenantRole.MEMBER,
            true,
            Map.of(),
            Map.of(),
            Scope.all(),
            null);
    assertThat(held(member)).containsExactly(Who.ANYONE, Who.SIGNED_IN, Who.MEMBER);
    assertThat(held(member(PopulationRole.EXPERT)))
        .containsExactly(Who.ANYONE, Who.SIGNED_IN, Who.MEMBER, Who.VIEWER, Who.EXPERT);
    Caller auditor = Caller.of(UUID.randomUUID(), "a", TenantRole.AUDITOR);
    assertThat(held(auditor)).containsExactly(Who.ANYONE, Who.SIGNED_IN, Who.AUDITOR);
    assertThat(held(auditor.with(UUID.randomUUID(), PopulationRole.VIEWER)))
        .containsExactly(Who.ANYONE, Who.SIGNED_IN, Who.MEMBER, Who.VIEWER, Who.AUDITOR);
    assertThat(held(Caller.of(UUID.randomUUID(), "a", TenantRole.TENANT_ADMIN)))
        .doesNotContain(Who.OPERATOR)
        .hasSize(Who.values().length - 1);
    assertThat(held(operator))
        .containsExactly(Who.ANYONE, Who.SIGNED_IN, Who.TENANT_ADMIN_OR_OPERATOR, Who.OPERATOR);
  }

  private static List<Who> held(Caller caller) {
    return List.of(Who.values()).stream().filter(who -> who.includes(caller)).toList();
  }

  private static Caller member(PopulationRole role) {
    return Caller.of(UUID.randomUUID(), "a", TenantRole.MEMBER).with(UUID.randomUUID(), role);
  }
}
