package io.dorsal.catalog.organizations;

import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an organization may be. */
final class OrganizationRules {

  private static final int LONGEST_NAME = 160;

  /** Some characters stand for a sentence, and an index takes 2,704 bytes. */
  private static final int LONGEST_KEY = 640;

  private static final int LONGEST_DESCRIPTION = 10_000;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_ISSUER = 200;
  private static final int MOST_PERMITS = 100;

  private static final int LINE_BREAK = 0x2028;
  private static final int PARAGRAPH_BREAK = 0x2029;

  private OrganizationRules() {}

  /**
   * The profile that is wanted: texts in NFC without blanks at their ends, empty ones as none.
   *
   * @throws ProblemException VALIDATION_FAILED with the place of everything that does not fit
   */
  static OrganizationProfile profile(OrganizationWanted wanted) {
    var faults = new Validation();
    String name = text(wanted.name());
    if (name == null) {
      faults.reject("name", "REQUIRED", "name is required.");
    } else if (!isName(name)) {
      faults.reject("name", "INVALID", "name must be one line of 1 to 160 characters.");
    }
    String description = text(wanted.description());
    faults.check(
        description == null || length(description) <= LONGEST_DESCRIPTION,
        "description",
        "TOO_LONG",
        "description has at most 10,000 characters.");
    String email = text(wanted.contactEmail());
    faults.check(
        email == null || (length(email) <= LONGEST_EMAIL && email.matches("[^@\\s]+@[^@\\s]+")),
        "contact_email",
        "INVALID",
        "contact_email must be an address of at most 254 characters.");
    License license = license(wanted.defaultLicense(), faults);
    List<Permit> permits = permits(wanted.permits(), faults);
    faults.orThrow();
    return new OrganizationProfile(
        Objects.requireNonNull(name), description, email, license, permits);
  }

  private static boolean isName(String name) {
    int key = key(name).length();
    return length(name) <= LONGEST_NAME && isLine(name) && key > 0 && key <= LONGEST_KEY;
  }

  /** Equal for names that people take for one: case, width, blanks and unseen marks aside. */
  static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("\\p{Cf}", "")
        .replaceAll("[\\s\\p{Z}]+", " ")
        .strip()
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static @Nullable License license(@Nullable String given, Validation faults) {
    if (given == null) {
      return null;
    }
    List<String> known = Arrays.stream(License.values()).map(Enum::name).toList();
    if (!known.contains(given)) {
      faults.reject("default_license", "INVALID", "default_license must be one of " + known + ".");
      return null;
    }
    return License.valueOf(given);
  }

  private static List<Permit> permits(
      @Nullable List<OrganizationWanted.PermitWanted> given, Validation faults) {
    List<OrganizationWanted.PermitWanted> wanted = given == null ? List.of() : given;
    if (wanted.size() > MOST_PERMITS) {
      faults.reject("permits", "TOO_MANY", "There are at most " + MOST_PERMITS + " permits.");
      return List.of();
    }
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Permit permit = permit("/permits/" + i, wanted.get(i), faults);
      if (permit != null) {
        permits.add(permit);
      }
    }
    return permits;
  }

  /** Null where something is wrong with it. */
  private static @Nullable Permit permit(
      String at, OrganizationWanted.@Nullable PermitWanted wanted, Validation faults) {
    if (wanted == null) {
      faults.rejectAt(at, "REQUIRED", "A permit is not null.");
      return null;
    }
    String number = line(at + "/number", wanted.number(), LONGEST_NUMBER, faults);
    String issuer = line(at + "/issuer", wanted.issuer(), LONGEST_ISSUER, faults);
    LocalDate from = day(at + "/valid_from", wanted.validFrom(), faults);
    LocalDate to = day(at + "/valid_to", wanted.validTo(), faults);
    if (from != null && to != null && to.isBefore(from)) {
      faults.rejectAt(at + "/valid_to", "OUT_OF_RANGE", "valid_to is not before valid_from.");
      return null;
    }
    return number == null || issuer == null || from == null || to == null
        ? null
        : new Permit(number, issuer, from, to);
  }

  private static @Nullable String line(
      String at, @Nullable String given, int most, Validation faults) {
    String line = text(given);
    if (line == null) {
      faults.rejectAt(at, "REQUIRED", member(at) + " is required.");
      return null;
    }
    if (length(line) > most || !isLine(line)) {
      faults.rejectAt(
          at, "INVALID", member(at) + " must be one line of at most " + most + " characters.");
      return null;
    }
    return line;
  }

  private static @Nullable LocalDate day(String at, @Nullable String given, Validation faults) {
    if (given == null) {
      faults.rejectAt(at, "REQUIRED", member(at) + " is required.");
      return null;
    }
    try {
      // Years of four digits, which every database and reader takes.
      return LocalDate.parse(given.length() == 10 ? given : "");
    } catch (DateTimeParseException e) {
      faults.rejectAt(at, "INVALID", member(at) + " must be a day such as 2026-05-31.");
      return null;
    }
  }

  private static String member(String at) {
    return at.substring(at.lastIndexOf('/') + 1);
  }

  /** NFC without blanks at its ends; null where nothing is left. */
  static @Nullable String text(@Nullable String given) {
    String text = given == null ? "" : Normalizer.normalize(given, Normalizer.Form.NFC).strip();
    return text.isEmpty() ? null : text;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isLine(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || c == LINE_BREAK || c == PARAGRAPH_BREAK);
  }
}
