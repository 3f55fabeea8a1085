package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.problem.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoleTests {

  @Test
  void higherRolesIncludeLowerOnes() {
    assertThat(Role.TENANT_ADMIN.includes(Role.ADMINISTRATOR)).isTrue();
    assertThat(Role.ADMINISTRATOR.includes(Role.ADMINISTRATOR)).isTrue();
    assertThat(Role.PROFESSIONAL.includes(Role.ADMINISTRATOR)).isFalse();
    assertThat(Role.VIEWER.includes(Role.EXPERT)).isFalse();
  }

  @Test
  void refusalNamesTheRoleThatIsNeeded() {
    var expert = new Caller(UUID.randomUUID(), "ann", Role.EXPERT);
    assertThatCode(() -> expert.require(Role.VIEWER, "Looking")).doesNotThrowAnyException();
    var refusal =
        catchThrowableOfType(
            ProblemException.class, () -> expert.require(Role.ADMINISTRATOR, "Starting a scan"));
    assertThat(refusal.problem()).isEqualTo(AccessProblem.PERMISSION_DENIED);
    assertThat(refusal.details()).containsEntry("required_role", "ADMINISTRATOR");
    assertThat(refusal.detail()).isEqualTo("Starting a scan needs the role ADMINISTRATOR.");
  }
}
