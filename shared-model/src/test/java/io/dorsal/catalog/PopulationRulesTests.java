package io.dorsal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.access.PopulationRole;
import io.dorsal.problem.FieldError;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** 20-catalog §1.1: every field with its limits. */
class PopulationRulesTests {

  static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private static final String LEAST = "\"name\":\"N\",\"species_scientific_name\":\"S\"";

  static PopulationWanted wanted(String members) {
    return JSON.readValue("{" + members + "}", PopulationWanted.class);
  }

  static PopulationSettings settings(String members) {
    var faults = new Validation();
    PopulationSettings made = PopulationRules.with(null, wanted(members), faults);
    faults.orThrow();
    assertThat(made).isNotNull();
    return made == null ? settings(LEAST) : made;
  }

  private static List<String> faults(@Nullable PopulationSettings before, String members) {
    var faults = new Validation();
    PopulationWanted wanted = wanted(members);
    PopulationSettings made = PopulationRules.with(before, wanted, faults);
    WantedTerms.check(TermKind.BEHAVIOR, wanted.behaviors(), faults);
    WantedTerms.check(TermKind.PREY_SPECIES, wanted.preySpecies(), faults);
    try {
      faults.orThrow();
      assertThat(made).isNotNull();
      return List.of();
    } catch (ProblemException e) {
      return e.details().get("fields") instanceof List<?> fields
          ? fields.stream()
              .map(FieldError.class::cast)
              .map(field -> field.pointer() + " " + field.code())
              .toList()
          : List.of();
    }
  }

  @Test
  void whatNobodySettlesHasTheDefaultsOfTheSpec() {
    assertThat(settings(LEAST))
        .isEqualTo(
            new PopulationSettings(
                "N",
                null,
                "S",
                null,
                null,
                "UTC",
                JoinPolicy.REQUEST,
                null,
                List.of("dorsal-fin"),
                null,
                true,
                false,
                true,
                true,
                0.95,
                0.60,
                100,
                null,
                LocationPrecision.KM_10,
                PopulationRole.ADMINISTRATOR));
  }

  @Test
  void nameAndSpeciesAreRequiredAndStay() {
    assertThat(faults(null, ""))
        .containsExactly("/name REQUIRED", "/species_scientific_name REQUIRED");
    assertThat(faults(settings(LEAST), "\"name\":null")).containsExactly("/name REQUIRED");
    assertThat(faults(settings(LEAST), "")).isEmpty();
  }

  @Test
  void textIsTrimmedComposedAndMeasuredInCharacters() {
    assertThat(settings("\"name\":\"  Cafe\u0301 \",\"species_scientific_name\":\"S\"").name())
        .isEqualTo("Caf\u00e9");
    for (var each :
        List.of(
            "name:120", "species_scientific_name:120", "species_common_name:120", "region:200")) {
      String field = each.replaceFirst(":.*", "");
      int most = Integer.parseInt(each.replaceFirst(".*:", ""));
      PopulationSettings before = settings(LEAST);
      String whole = "\ud83d\udc0b".repeat(most);
      assertThat(faults(before, "\"%s\":\"%s\"".formatted(field, whole))).isEmpty();
      assertThat(faults(before, "\"%s\":\"%sx\"".formatted(field, whole)))
          .containsExactly("/" + field + " INVALID");
      assertThat(faults(before, "\"%s\":\" \"".formatted(field)))
          .containsExactly("/" + field + " INVALID");
      assertThat(faults(before, "\"%s\":7".formatted(field)))
          .containsExactly("/" + field + " INVALID");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"abbreviation\":\"NRKW2\" |",
        "\"abbreviation\":null |",
        "\"abbreviation\":\"A\" | /abbreviation INVALID",
        "\"abbreviation\":\"ABCDEFGHIJK\" | /abbreviation INVALID",
        "\"abbreviation\":\"ab\" | /abbreviation INVALID",
        "\"time_zone\":\"Africa/Nairobi\" |",
        "\"time_zone\":\"+02:00\" | /time_zone TIME_ZONE_UNKNOWN",
        "\"time_zone\":7 | /time_zone TIME_ZONE_UNKNOWN",
        "\"join_policy\":\"OPEN\" |",
        "\"join_policy\":\"open\" | /join_policy INVALID",
        "\"encounter_limit\":1 |",
        "\"encounter_limit\":null |",
        "\"encounter_limit\":0 | /encounter_limit OUT_OF_RANGE",
        "\"encounter_limit\":1.5 | /encounter_limit OUT_OF_RANGE",
        "\"encounter_limit\":2147483648 | /encounter_limit OUT_OF_RANGE",
        "\"sync_enabled\":false |",
        "\"sync_enabled\":\"no\" | /sync_enabled WRONG_TYPE",
        "\"auto_tagging\":1 | /auto_tagging WRONG_TYPE",
        "\"can_suggest_new_individuals\":1 | /can_suggest_new_individuals WRONG_TYPE",
        "\"direct_upload\":1 | /direct_upload WRONG_TYPE",
        "\"auto_confirm_threshold\":0.5 |",
        "\"auto_confirm_threshold\":1 |",
        "\"auto_confirm_threshold\":0.29e0 | /auto_confirm_threshold OUT_OF_RANGE",
        "\"auto_confirm_threshold\":0.49 | /auto_confirm_threshold OUT_OF_RANGE",
        "\"auto_confirm_threshold\":1.01 | /auto_confirm_threshold OUT_OF_RANGE",
        "\"auto_confirm_threshold\":0.955 | /auto_confirm_threshold OUT_OF_RANGE",
        "\"auto_confirm_threshold\":1e400 | /auto_confirm_threshold OUT_OF_RANGE",
        "\"corroboration_threshold\":0.30 |",
        "\"corroboration_threshold\":0.29 | /corroboration_threshold OUT_OF_RANGE",
        "\"metric_sample_threshold\":10 |",
        "\"metric_sample_threshold\":10000 |",
        "\"metric_sample_threshold\":9 | /metric_sample_threshold OUT_OF_RANGE",
        "\"metric_sample_threshold\":10001 | /metric_sample_threshold OUT_OF_RANGE",
        "\"metric_baseline_date\":\"2024-02-29\" |",
        "\"metric_baseline_date\":\"2023-02-29\" | /metric_baseline_date INVALID",
        "\"metric_baseline_date\":\"24-2-9\" | /metric_baseline_date INVALID",
        "\"export_location_precision\":\"WITHHELD\" |",
        "\"export_location_precision\":\"KM_5\" | /export_location_precision INVALID",
        "\"download_original_min_role\":\"EXPERT\" |",
        "\"download_original_min_role\":\"VIEWER\" | /download_original_min_role INVALID",
        "\"categories\":[\"fluke\",\"my-own-9\"] |",
        "\"categories\":[] | /categories INVALID",
        "\"categories\":\"fluke\" | /categories INVALID",
        "\"categories\":[\"fluke\",\"Fluke\"] | /categories/1 INVALID",
        "\"categories\":[\"fluke\",\"f\"] | /categories/1 INVALID",
        "\"categories\":[\"fluke\",\"fluke\"] | /categories/1 DUPLICATE",
        "\"identifier_pattern\":\"[A-Z]{1,2}[0-9]+\" |",
        "\"identifier_pattern\":null |",
        "\"identifier_pattern\":\"(\" | /identifier_pattern PATTERN_INVALID",
        "\"identifier_pattern\":\"\" | /identifier_pattern PATTERN_INVALID",
        "\"identifier_pattern\":\"(a)\\\\1\" | /identifier_pattern PATTERN_INVALID",
        "\"identifier_pattern\":\"((a{100}){100}){100}\" | /identifier_pattern PATTERN_INVALID",
        "\"behaviors\":[{\"name\":\"Foraging\"}] |",
        "\"behaviors\":null |",
        "\"behaviors\":[\"Foraging\"] | /behaviors/0 INVALID",
        "\"behaviors\":[{\"name\":\"A\"},{\"name\":\" a \"}] | /behaviors/1/name DUPLICATE",
        "\"behaviors\":[{\"name\":\"\"}] | /behaviors/0/name INVALID",
        "\"behaviors\":[{\"id\":\"7\",\"name\":\"A\"}] | /behaviors/0/id WRONG_TYPE",
        "\"behaviors\":[{\"name\":\"A\",\"retired\":true}] | /behaviors/0 INVALID",
        "\"prey_species\":{} | /prey_species INVALID",
      })
  void aFieldIsWithinItsLimits(String members, @Nullable String fault) {
    List<String> expected = fault == null ? List.of() : List.of(fault);
    assertThat(faults(settings(LEAST), members)).isEqualTo(expected);
  }

  @Test
  void patternsAndListsHaveALength() {
    PopulationSettings before = settings(LEAST);
    String pattern = "\"identifier_pattern\":\"%s\"";
    assertThat(faults(before, pattern.formatted("a".repeat(200)))).isEmpty();
    assertThat(faults(before, pattern.formatted("a".repeat(201)))).hasSize(1);
    assertThat(faults(before, "\"behaviors\":" + terms(200, 80))).isEmpty();
    assertThat(faults(before, "\"behaviors\":" + terms(201, 10)))
        .containsExactly("/behaviors INVALID");
    assertThat(faults(before, "\"prey_species\":" + terms(1, 81)))
        .containsExactly("/prey_species/0/name INVALID");
  }

  private static String terms(int count, int length) {
    return Stream.iterate(100_000, each -> each + 1)
        .limit(count)
        .map(each -> "{\"name\":\"" + each + "x".repeat(length - 6) + "\"}")
        .toList()
        .toString();
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    assertThat(faults(null, "\"name\":\"\",\"join_policy\":\"X\",\"behaviors\":7"))
        .containsExactly(
            "/name INVALID",
            "/join_policy INVALID",
            "/species_scientific_name REQUIRED",
            "/behaviors INVALID");
  }

  @Test
  void aPatchKeepsWhatItDoesNotNameAndNullBringsTheDefaultBack() {
    PopulationSettings before =
        settings(LEAST + ",\"region\":\"R\",\"encounter_limit\":5,\"time_zone\":\"Asia/Tokyo\"");
    var faults = new Validation();
    PopulationSettings after =
        PopulationRules.with(before, wanted("\"time_zone\":null,\"encounter_limit\":null"), faults);
    assertThat(after).isNotNull();
    if (after != null) {
      assertThat(after.region()).isEqualTo("R");
      assertThat(after.timeZone()).isEqualTo("UTC");
      assertThat(after.encounterLimit()).isNull();
    }
  }

  @Test
  void settingsAreReadAsTheyWereWritten() {
    PopulationSettings settings = settings(LEAST + ",\"metric_baseline_date\":\"2024-01-02\"");
    assertThat(PopulationRules.of(PopulationRules.json(settings))).isEqualTo(settings);
    assertThat(PopulationRules.beginning(settings, LocalDate.of(2025, 3, 4)).metricBaselineDate())
        .isEqualTo("2025-03-04");
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> settings("\"name\":7"));
  }
}
