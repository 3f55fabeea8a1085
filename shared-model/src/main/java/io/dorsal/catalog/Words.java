package io.dorsal.catalog;

import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import org.jspecify.annotations.Nullable;

/** What people say to each other about joining. */
final class Words {

  /** Said to whoever is invited, unless the inviter says something else. */
  static final String WELCOME = "We look forward to your contribution!";

  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_MESSAGE = 1_000;
  private static final int LONGEST_REASON = 500;

  private Words() {}

  /** A part of a person's name. */
  static String name(String field, @Nullable String given, Validation faults) {
    String name = given == null ? "" : Texts.clean(given);
    faults.check(
        Validation.isText(name) && Texts.length(name) <= LONGEST_NAME,
        field,
        given == null ? "REQUIRED" : "INVALID",
        field + " must have 1 to " + LONGEST_NAME + " characters.");
    return name;
  }

  /** Null where nothing is said. */
  static @Nullable String message(@Nullable String given, Validation faults) {
    return optional("message", given, LONGEST_MESSAGE, faults);
  }

  /**
   * Why something is refused; null where nothing is said.
   *
   * @throws ProblemException VALIDATION_FAILED
   */
  static @Nullable String reason(@Nullable String given) {
    var faults = new Validation();
    String reason = optional("reason", given, LONGEST_REASON, faults);
    faults.orThrow();
    return reason;
  }

  private static @Nullable String optional(
      String field, @Nullable String given, int longest, Validation faults) {
    String text = given == null ? "" : Texts.clean(given);
    faults.check(
        Validation.isKeepable(text) && Texts.length(text) <= longest,
        field,
        "TOO_LONG",
        field + " has at most " + longest + " characters.");
    return text.isEmpty() ? null : text;
  }
}
