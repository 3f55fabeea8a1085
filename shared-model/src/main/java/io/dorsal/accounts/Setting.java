package io.dorsal.accounts;

import io.dorsal.accounts.SettingRule.Domains;
import io.dorsal.accounts.SettingRule.Flag;
import io.dorsal.accounts.SettingRule.Group;
import io.dorsal.accounts.SettingRule.Issuers;
import io.dorsal.accounts.SettingRule.OneOf;
import io.dorsal.accounts.SettingRule.Whole;
import io.dorsal.accounts.SettingRule.Zone;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a tenant may settle: each member with its default and what it may be. */
enum Setting {
  MAX_FILE_SIZE_BYTES("5368709120", whole(1_048_576L, 335_544_320_000L)),
  DEFAULT_USER_QUOTA_BYTES("null", new Whole(0, (1L << 53) - 1, true)),
  DEFAULT_SHARE_QUOTA_BYTES("null", new Whole(0, (1L << 53) - 1, true)),
  TRASH_RETENTION_DAYS("30", whole(1, 365)),
  /** 0 is for ever. */
  VERSION_RETENTION_DAYS("365", whole(0, 36_500)),
  VERSION_KEEP_MIN("10", whole(1, 1_000)),
  CHANGELOG_RETENTION_DAYS("90", whole(7, 3_650)),
  AUDIT_RETENTION_DAYS("730", whole(90, 3_650)),
  DEFAULT_CONFLICT_RESOLUTION(
      "\"KEEP_BOTH\"", new OneOf(List.of("LAST_WRITER_WINS", "KEEP_BOTH", "MANUAL"))),
  VECTORIZATION_ENABLED("true", new Flag()),
  OCR("\"OFF\"", new OneOf(List.of("OFF", "TESSERACT", "HTTP"))),
  /** One of PostgreSQL's dictionaries. */
  SEARCH_LANGUAGE(
      "\"english\"",
      new OneOf(
          List.of(
              "simple", "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english",
              "finnish", "french", "german", "greek", "hindi", "hungarian", "indonesian", "irish",
              "italian", "lithuanian", "nepali", "norwegian", "portuguese", "romanian", "russian",
              "serbian", "spanish", "swedish", "tamil", "turkish", "yiddish"))),
  JIT_PROVISIONING("true", new Flag()),
  ALLOWED_EMAIL_DOMAINS("[]", new Domains()),
  REQUIRE_MFA("false", new Flag()),
  INACTIVITY_DAYS("180", whole(1, 3_650)),
  RATE_LIMITS(
      "{\"token\":1000,\"user\":5000,\"tenant\":50000}",
      new Group(
          Map.of(
              "token", whole(10, 10_000),
              "user", whole(10, 50_000),
              "tenant", whole(10, 500_000)))),
  WS_MAX_CONNECTIONS("2000", whole(10, 50_000)),
  DEFAULT_TIME_ZONE("\"UTC\"", new Zone()),
  IDENTITY_ISSUERS("[]", new Issuers());

  private final JsonNode initial;
  private final SettingRule rule;

  Setting(String initial, SettingRule rule) {
    this.initial = JsonMapper.shared().readTree(initial);
    this.rule = rule;
  }

  private static Whole whole(long least, long most) {
    return new Whole(least, most, false);
  }

  /** The member's name. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What holds where the tenant settled nothing. */
  JsonNode initial() {
    return initial;
  }

  SettingRule rule() {
    return rule;
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }

  /** Whether an operator may set a ceiling for it. */
  boolean hasCeiling() {
    return switch (this) {
      case MAX_FILE_SIZE_BYTES, RATE_LIMITS, WS_MAX_CONNECTIONS -> true;
      default -> false;
    };
  }

  /** Whether going from one value to the other lets go of what was to be kept. */
  boolean losesData(JsonNode from, JsonNode to) {
    return switch (this) {
      case TRASH_RETENTION_DAYS,
          VERSION_KEEP_MIN,
          CHANGELOG_RETENTION_DAYS,
          AUDIT_RETENTION_DAYS ->
          to.asLong() < from.asLong();
      case VERSION_RETENTION_DAYS ->
          to.asLong() != 0 && (from.asLong() == 0 || to.asLong() < from.asLong());
      default -> false;
    };
  }
}
