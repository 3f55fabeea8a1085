package io.dorsal.catalog.organizations;

import static io.dorsal.catalog.organizations.Verification.ACKNOWLEDGED;
import static io.dorsal.catalog.organizations.Verification.REJECTED;
import static io.dorsal.catalog.organizations.Verification.REVOKED;
import static io.dorsal.catalog.organizations.Verification.UNVERIFIED;
import static io.dorsal.catalog.organizations.Verification.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrganizationTests {

  private static final Permit SUMMER =
      new Permit("P-1", "Ministry", LocalDate.of(2026, 5, 31), LocalDate.of(2026, 8, 31));
  private static final Permit DAY =
      new Permit("P-2", "Ministry", LocalDate.of(2026, 8, 31), LocalDate.of(2026, 8, 31));

  private static Organization organization(@Nullable Verification verification) {
    var profile = new OrganizationProfile("N", null, null, null, List.of(SUMMER, DAY));
    return new Organization(
        UUID.randomUUID(), UUID.randomUUID(), profile, verification, Instant.EPOCH, 3);
  }

  private record Step(Verification from, Verification to) {}

  private static final List<Step> ALLOWED =
      List.of(
          new Step(UNVERIFIED, ACKNOWLEDGED),
          new Step(ACKNOWLEDGED, VERIFIED),
          new Step(ACKNOWLEDGED, REJECTED),
          new Step(VERIFIED, REVOKED),
          new Step(REJECTED, ACKNOWLEDGED),
          new Step(REVOKED, ACKNOWLEDGED));

  @Test
  void everyPairOfStatesIsAllowedOrRefusedWithWhatIs() {
    List<Step> allowed = new ArrayList<>();
    for (Verification from : Verification.values()) {
      for (Verification to : Verification.values()) {
        Organization before = organization(from);
        if (from.next().contains(to)) {
          allowed.add(new Step(from, to));
          assertThat(before.decided(to).verification()).isEqualTo(to);
        } else {
          assertThatExceptionOfType(ProblemException.class)
              .isThrownBy(() -> before.decided(to))
              .satisfies(
                  e -> {
                    assertThat(e.problem()).isEqualTo(GeneralProblem.STATE_CONFLICT);
                    assertThat(e.details()).containsEntry("state", from.name());
                    assertThat(e.details()).containsEntry("allowed", List.copyOf(from.next()));
                  });
        }
      }
    }
    assertThat(allowed).containsExactlyInAnyOrderElementsOf(ALLOWED);
  }

  @Test
  void nobodyVerifiesOrChangesPublic() {
    Organization system = organization(null);
    assertThat(system.isSystem()).isTrue();
    for (Verification to : Verification.values()) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> system.decided(to))
          .matches(e -> e.problem() == GeneralProblem.STATE_CONFLICT);
    }
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> system.with(system.profile()))
        .matches(e -> e.problem() == GeneralProblem.STATE_CONFLICT);
  }

  @Test
  void permitsHoldFromTheirFirstToTheirLastDay() {
    Organization organization = organization(UNVERIFIED);
    assertThat(organization.permitsOn(LocalDate.of(2026, 5, 30))).isEmpty();
    assertThat(organization.permitsOn(LocalDate.of(2026, 5, 31))).containsExactly(SUMMER);
    assertThat(organization.permitsOn(LocalDate.of(2026, 8, 30))).containsExactly(SUMMER);
    assertThat(organization.permitsOn(LocalDate.of(2026, 8, 31))).containsExactly(SUMMER, DAY);
    assertThat(organization.permitsOn(LocalDate.of(2026, 9, 1))).isEmpty();
  }

  @Test
  void notesAreInNoText() {
    var decision =
        new VerificationDecision(
            UUID.randomUUID(), UNVERIFIED, ACKNOWLEDGED, "secret", "open", "a", Instant.EPOCH);
    assertThat(decision.toString()).doesNotContain("secret", "open");
    assertThat(new VerificationWanted("VERIFIED", "secret", "open").toString())
        .doesNotContain("secret", "open");
  }
}
