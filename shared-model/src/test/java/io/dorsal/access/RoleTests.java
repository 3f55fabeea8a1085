package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RoleTests {

  private static final UUID ORCAS = UUID.randomUUID();
  private static final UUID HUMPBACKS = UUID.randomUUID();

  @Test
  void higherRolesIncludeLowerOnes() {
    assertThat(TenantRole.TENANT_ADMIN.includes(TenantRole.AUDITOR)).isTrue();
    assertThat(TenantRole.MEMBER.includes(TenantRole.AUDITOR)).isFalse();
    assertThat(PopulationRole.ADMINISTRATOR.includes(PopulationRole.ADMINISTRATOR)).isTrue();
    assertThat(PopulationRole.PROFESSIONAL.includes(PopulationRole.ADMINISTRATOR)).isFalse();
  }

  @Test
  void refusalNamesTheRoleThatIsNeeded() {
    var expert = member().with(ORCAS, PopulationRole.EXPERT);
    assertThatCode(() -> expert.require(PopulationRole.VIEWER, "Looking"))
        .doesNotThrowAnyException();
    var refusal = refusal(() -> expert.require(PopulationRole.ADMINISTRATOR, "Starting a scan"));
    assertThat(refusal.problem()).isEqualTo(AccessProblem.PERMISSION_DENIED);
    assertThat(refusal.details()).containsEntry("required_role", "ADMINISTRATOR");
    assertThat(refusal.detail()).isEqualTo("Starting a scan needs the role ADMINISTRATOR.");
    assertThat(refusal(() -> expert.require(TenantRole.AUDITOR, "Reading")).problem())
        .isEqualTo(AccessProblem.PERMISSION_DENIED);
  }

  @Test
  void rolesHoldInTheirOwnPopulationAndWhereThereIsNone() {
    var expert = member().with(ORCAS, PopulationRole.EXPERT);
    assertThat(expert.holdsIn(null, PopulationRole.EXPERT)).isTrue();
    assertThat(expert.holdsIn(ORCAS, PopulationRole.EXPERT)).isTrue();
    assertThat(refusal(() -> expert.requireIn(ORCAS, PopulationRole.PROFESSIONAL, "It")).problem())
        .isEqualTo(AccessProblem.PERMISSION_DENIED);
    assertThat(refusal(() -> expert.requireIn(HUMPBACKS, PopulationRole.VIEWER, "It")).problem())
        .isEqualTo(GeneralProblem.NOT_FOUND);
    // What is named only is known to everybody.
    assertThat(refusal(() -> expert.requireHeld(HUMPBACKS, PopulationRole.VIEWER, "It")).problem())
        .isEqualTo(AccessProblem.PERMISSION_DENIED);
    assertThat(expert.seenPopulations()).contains(Set.of(ORCAS));
  }

  @Test
  void tenantAdministratorsNeedNoPopulation() {
    var admin = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);
    assertThat(admin.seenPopulations()).isEmpty();
    assertThatCode(() -> admin.requireIn(ORCAS, PopulationRole.ADMINISTRATOR, "It"))
        .doesNotThrowAnyException();
    assertThat(member().holds(PopulationRole.VIEWER)).isFalse();
  }

  @Test
  void onlyTheRoleInAnOrganizationCountsThere() {
    UUID ours = UUID.randomUUID();
    UUID theirs = UUID.randomUUID();
    var roles = Map.of(ours, OrganizationRole.ADMINISTRATOR, theirs, OrganizationRole.MEMBER);
    var ann =
        new Caller(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "ann",
            TenantRole.TENANT_ADMIN,
            false,
            Map.of(),
            roles,
            Scope.all(),
            null);
    assertThat(ann.administers(ours)).isTrue();
    assertThat(ann.administers(theirs)).isFalse();
    assertThat(ann.administers(UUID.randomUUID())).isFalse();
    assertThat(ann.narrowedTo(Set.of()).organizations()).isEqualTo(roles);
    assertThat(ann.with(ORCAS, PopulationRole.VIEWER).organizations()).isEqualTo(roles);
    assertThat(OrganizationRole.ADMINISTRATOR.includes(OrganizationRole.MEMBER)).isTrue();
    assertThat(OrganizationRole.MEMBER.includes(OrganizationRole.ADMINISTRATOR)).isFalse();
  }

  private static Caller member() {
    return Caller.of(UUID.randomUUID(), "ann", TenantRole.MEMBER);
  }

  private static ProblemException refusal(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call);
  }
}
