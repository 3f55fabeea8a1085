package io.dorsal.catalog.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.catalog.organizations.OrganizationWanted.PermitWanted;
import io.dorsal.problem.FieldError;
import io.dorsal.problem.ProblemException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationRulesTests {

  private static final PermitWanted PERMIT =
      new PermitWanted(" 26-1 ", "Ministry", "2026-01-01", "2026-12-31");

  private static OrganizationWanted named(@Nullable String name) {
    return new OrganizationWanted(name, null, null, null, null);
  }

  private static OrganizationWanted permitted(@Nullable PermitWanted permit) {
    return new OrganizationWanted("N", null, null, null, Collections.singletonList(permit));
  }

  /** Pointers and codes of what is wrong, such as {@code /name REQUIRED}. */
  @SuppressWarnings("unchecked")
  private static List<String> faults(OrganizationWanted wanted) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> OrganizationRules.profile(wanted));
    if (refusal == null) {
      return List.of();
    }
    var fields = (List<FieldError>) Objects.requireNonNull(refusal.details().get("fields"));
    return fields.stream().map(each -> each.pointer() + " " + each.code()).toList();
  }

  @Test
  void nameHasOneTo160CharactersOfOneLine() {
    assertThat(faults(named(null))).containsExactly("/name REQUIRED");
    assertThat(faults(named("  "))).containsExactly("/name REQUIRED");
    assertThat(faults(named("\u200b"))).containsExactly("/name INVALID");
    assertThat(faults(named("a\nb"))).containsExactly("/name INVALID");
    assertThat(faults(named("a".repeat(161)))).containsExactly("/name INVALID");
    assertThat(faults(named("\ufdfa".repeat(160)))).containsExactly("/name INVALID");
    // Characters, not halves of them.
    assertThat(faults(named("🐋".repeat(160)))).isEmpty();
  }

  @Test
  void textsAreKeptInOneFormWithoutBlanksAtTheirEnds() {
    var wanted = new OrganizationWanted(" Cafe\u0301 ", "  ", " a@b.example ", "PUBLIC", null);
    assertThat(OrganizationRules.profile(wanted))
        .isEqualTo(
            new OrganizationProfile("Caf\u00e9", null, "a@b.example", License.PUBLIC, List.of()));
  }

  @Test
  void descriptionHasAtMost10000Characters() {
    assertThat(faults(new OrganizationWanted("N", "d".repeat(10_000), null, null, null))).isEmpty();
    assertThat(faults(new OrganizationWanted("N", "d".repeat(10_001), null, null, null)))
        .containsExactly("/description TOO_LONG");
  }

  @Test
  void contactIsAnAddressAndTheLicenseOneOfThree() {
    assertThat(faults(new OrganizationWanted("N", null, "nobody", "FREE", null)))
        .containsExactly("/contact_email INVALID", "/default_license INVALID");
    for (License license : License.values()) {
      assertThat(faults(new OrganizationWanted("N", null, null, license.name(), null))).isEmpty();
    }
  }

  @Test
  void faultsOfPermitsAreNamedByTheirPlace() {
    assertThat(OrganizationRules.profile(permitted(PERMIT)).permits())
        .containsExactly(
            new Permit("26-1", "Ministry", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)));
    var bad = new PermitWanted(null, "i".repeat(201), "2026-02-30", null);
    assertThat(faults(new OrganizationWanted("N", null, null, null, List.of(PERMIT, bad))))
        .containsExactly(
            "/permits/1/number REQUIRED",
            "/permits/1/issuer INVALID",
            "/permits/1/valid_from INVALID",
            "/permits/1/valid_to REQUIRED");
    assertThat(faults(permitted(new PermitWanted("1", "I", "2026-01-02", "2026-01-01"))))
        .containsExactly("/permits/0/valid_to OUT_OF_RANGE");
    assertThat(faults(permitted(new PermitWanted("1", "I", "2026-01-01", "2026-01-01")))).isEmpty();
    assertThat(faults(permitted(new PermitWanted("1", "I", "+12026-01-01", "2026-01-01"))))
        .containsExactly("/permits/0/valid_from INVALID");
    assertThat(faults(permitted(null))).containsExactly("/permits/0 REQUIRED");
    assertThat(
            faults(new OrganizationWanted("N", null, null, null, Collections.nCopies(101, PERMIT))))
        .containsExactly("/permits TOO_MANY");
  }

  @ParameterizedTest
  @CsvSource({"PUBLIC", "public", "' Public'", "Ｐｕｂｌｉｃ", "Pub\u200Blic", "Pub\u00ADlic"})
  void namesThatPeopleTakeForPublicAreEqualToIt(String name) {
    assertThat(OrganizationRules.key(name)).isEqualTo("public");
  }

  @Test
  void otherNamesAreOther() {
    assertThat(OrganizationRules.key("STRASSE  7")).isEqualTo(OrganizationRules.key("Straße 7"));
    assertThat(OrganizationRules.key("Public Sea")).isNotEqualTo("public");
  }

  @Test
  void patchKeepsWhatItDoesNotNameAndTakesAwayWhatItNulls() {
    var now =
        OrganizationRules.profile(
            new OrganizationWanted("N", "D", "a@b.example", "PUBLIC", List.of(PERMIT)));
    assertThat(OrganizationRules.profile(named("M").over(now, Set.of())))
        .isEqualTo(new OrganizationProfile("M", "D", "a@b.example", License.PUBLIC, now.permits()));
    var nulls = Set.of("description", "contact_email", "default_license", "permits");
    assertThat(OrganizationRules.profile(named(null).over(now, nulls)))
        .isEqualTo(new OrganizationProfile("N", null, null, null, List.of()));
    assertThat(faults(named(null).over(now, Set.of("name")))).containsExactly("/name REQUIRED");
  }
}
