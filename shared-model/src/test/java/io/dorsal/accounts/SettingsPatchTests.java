package io.dorsal.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.TenantRates;
import io.dorsal.problem.FieldError;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SettingsPatchTests {

  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  @Test
  void defaultsAreThoseOfTheSpec() {
    assertThat(settings(Settled.nothing(), NOW))
        .isEqualTo(
            new TenantSettings(
                5_368_709_120L,
                null,
                null,
                30,
                365,
                10,
                90,
                730,
                "KEEP_BOTH",
                true,
                "OFF",
                "english",
                true,
                List.of(),
                false,
                180,
                new TenantRates.Rates(1_000, 5_000, 50_000),
                2_000,
                "UTC",
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'max_file_size_bytes': 335544320000, 'default_user_quota_bytes': 9007199254740991}",
        "{'default_user_quota_bytes': null, 'trash_retention_days': 365, 'require_mfa': true}",
        "{'version_retention_days': 0, 'default_conflict_resolution': 'MANUAL', 'ocr': 'HTTP'}",
        "{'allowed_email_domains': ['example.org'], 'default_time_zone': 'Africa/Nairobi'}",
        "{'rate_limits': {'token': 10}, 'ws_max_connections': 10, 'search_language': 'german'}"
      })
  void whatFitsIsTaken(String patch) {
    patch(patch).validate(Settled.nothing(), url -> true);
  }

  // 40-18: an unknown member or a value out of range is named with its limits.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'trash_retention_days': 0} | /settings/trash_retention_days | OUT_OF_RANGE | 1 to 365",
        "{'trash_retention_days': 1.5} | /settings/trash_retention_days | OUT_OF_RANGE | 1 to 365",
        "{'trash_retention_days': '7'} | /settings/trash_retention_days | OUT_OF_RANGE | 1 to 365",
        "{'max_file_size_bytes': 1048575} | /settings/max_file_size_bytes | OUT_OF_RANGE | 1048576",
        "{'audit_retention_days': 89} | /settings/audit_retention_days | OUT_OF_RANGE | 90 to 3650",
        "{'require_mfa': 'yes'} | /settings/require_mfa | OUT_OF_RANGE | true or false",
        "{'ocr': 'ALWAYS'} | /settings/ocr | OUT_OF_RANGE | TESSERACT",
        "{'default_time_zone': 'Mars/Olympus'} | /settings/default_time_zone | OUT_OF_RANGE | IANA",
        "{'allowed_email_domains': ['a b']} | /settings/allowed_email_domains | OUT_OF_RANGE | 100",
        "{'rate_limits': {'token': 9}} | /settings/rate_limits/token | OUT_OF_RANGE | 10 to 10000",
        "{'rate_limits': {'key': 9}} | /settings/rate_limits/key | UNKNOWN_MEMBER | key",
        "{'rate_limits': 9} | /settings/rate_limits | OUT_OF_RANGE | object",
        "{'colour': 'red'} | /settings/colour | UNKNOWN_MEMBER | colour",
        "{'identity_issuers': [{}]} | /settings/identity_issuers/0 | INVALID | jwks_url"
      })
  void whatDoesNotIsNamedWithItsLimits(String patch, String pointer, String code, String message) {
    FieldError error = refused(patch, Settled.nothing());
    assertThat(error.pointer()).isEqualTo(pointer);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).contains(message);
  }

  // 40-18: a value over the operator's ceiling.
  @Test
  void ceilingsLimitWhatMayBeSettledAndLowerWhatWas() {
    ObjectNode ceilings = object("{'rate_limits': {'token': 500}, 'max_file_size_bytes': 2000000}");
    Settled under = new Settled(object("{'max_file_size_bytes': 3000000}"), ceilings, List.of());
    assertThat(refused("{'rate_limits': {'token': 501}}", under).message()).contains("10 to 500");
    TenantSettings settings = settings(under, NOW);
    assertThat(settings.maxFileSizeBytes()).isEqualTo(2_000_000);
    assertThat(settings.rateLimits()).isEqualTo(new TenantRates.Rates(500, 5_000, 50_000));
    assertThat(under.limits().at("/rate_limits/token").asInt()).isEqualTo(500);
    assertThat(under.limits().at("/rate_limits/user").asInt()).isEqualTo(50_000);
  }

  @Test
  void ownProvidersAreAFewOnPublicAddresses() {
    String one = "{'issuer': 'https://a', 'jwks_url': 'https://a/keys', 'audience': 'x'}";
    patch("{'identity_issuers': [" + one + "]}").validate(Settled.nothing(), url -> true);
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                patch("{'identity_issuers': [" + one + "]}")
                    .validate(Settled.nothing(), url -> false));
    assertThat(first(refusal).code()).isEqualTo("ADDRESS_REFUSED");
    assertThat(refused("{'identity_issuers': [" + one + "," + one + "]}", Settled.nothing()).code())
        .isEqualTo("DUPLICATE");
  }

  @Test
  void patchMergesAndNullBringsTheDefaultBack() {
    Settled first =
        apply("{'rate_limits': {'token': 20}, 'inactivity_days': 7}", Settled.nothing());
    Settled second = apply("{'rate_limits': {'user': 30}, 'inactivity_days': null}", first);
    assertThat(second.chosen()).isEqualTo(object("{'rate_limits': {'token': 20, 'user': 30}}"));
    assertThat(settings(second, NOW).rateLimits()).isEqualTo(new TenantRates.Rates(20, 30, 50_000));
    assertThat(patch("{'rate_limits': {'user': 30}}").apply(second).changesNothing()).isTrue();
    assertThat(apply("{'rate_limits': {'user': null}}", second).chosen())
        .isEqualTo(object("{'rate_limits': {'token': 20}}"));
  }

  @Test
  void bothValuesOfWhatChangedAreTold() {
    SettingsPatch.Outcome outcome =
        patch("{'inactivity_days': 7, 'require_mfa': false}").apply(Settled.nothing());
    assertThat(outcome.before()).hasToString("{inactivity_days=180}");
    assertThat(outcome.after()).hasToString("{inactivity_days=7}");
  }

  // 40-19
  @Test
  void shortenedRetentionHoldsAfterADayAndCanBeTakenBackUntilThen() {
    SettingsPatch.Outcome outcome = patch("{'trash_retention_days': 7}").apply(Settled.nothing());
    assertThat(outcome.losses()).hasSize(1);
    Settled waiting = outcome.settled();
    assertThat(settings(waiting, NOW.plus(Duration.ofHours(24)).minusSeconds(1)))
        .extracting(TenantSettings::trashRetentionDays)
        .isEqualTo(30);
    assertThat(settings(waiting, NOW.plus(Duration.ofHours(24))).trashRetentionDays()).isEqualTo(7);

    assertThat(patch("{'trash_retention_days': 7}").apply(waiting).changesNothing()).isTrue();
    Settled back = apply("{'trash_retention_days': 30}", waiting);
    assertThat(back.pending()).isEmpty();
    assertThat(settings(back, NOW.plus(Duration.ofDays(2))).trashRetentionDays()).isEqualTo(30);
    Settled backByDefault = apply("{'trash_retention_days': null}", waiting);
    assertThat(backByDefault.pending()).isEmpty();

    Settled longer = apply("{'trash_retention_days': 60}", waiting);
    assertThat(longer.pending()).isEmpty();
    assertThat(settings(longer, NOW).trashRetentionDays()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({
    "version_retention_days, 365, 0, false",
    "version_retention_days, 0, 3650, true",
    "version_retention_days, 365, 364, true",
    "version_keep_min, 10, 9, true",
    "changelog_retention_days, 90, 91, false",
    "audit_retention_days, 730, 90, true"
  })
  void forEverIsTheLongestRetention(String setting, int from, int to, boolean loses) {
    Settled before = new Settled(object("{'%s': %d}".formatted(setting, from)), none(), List.of());
    var outcome = patch("{'%s': %d}".formatted(setting, to)).apply(before);
    assertThat(outcome.losses().isEmpty()).isNotEqualTo(loses);
  }

  @Test
  void whatWasDueStandsAmongTheChosenAtTheNextChange() {
    Settled waiting = apply("{'trash_retention_days': 7}", Settled.nothing());
    Settled later =
        new SettingsPatch(object("{'inactivity_days': 9}"), "ann", NOW.plus(Duration.ofHours(30)))
            .apply(waiting)
            .settled();
    assertThat(later.pending()).isEmpty();
    assertThat(later.chosen())
        .isEqualTo(object("{'trash_retention_days': 7, 'inactivity_days': 9}"));
  }

  private static TenantSettings settings(Settled settled, Instant at) {
    return TenantSettings.of(settled.inForce(at));
  }

  private static Settled apply(String patch, Settled before) {
    return patch(patch).apply(before).settled();
  }

  private static SettingsPatch patch(String text) {
    return new SettingsPatch(object(text), "ann", NOW);
  }

  private static FieldError refused(String patch, Settled before) {
    return first(
        catchThrowableOfType(
            ProblemException.class, () -> patch(patch).validate(before, url -> true)));
  }

  private static FieldError first(ProblemException refusal) {
    return (FieldError)
        Objects.requireNonNull((List<?>) refusal.details().get("fields")).getFirst();
  }

  private static ObjectNode none() {
    return object("{}");
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
