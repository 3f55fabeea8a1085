package io.dorsal.catalog.organizations;

import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided of an organization; nothing of it is checked yet.
 *
 * @param internalNote for the tenant's administrators alone
 * @param shareableNote for the organization's administrators
 */
public record VerificationWanted(
    @Nullable String verification, @Nullable String internalNote, @Nullable String shareableNote) {

  private static final int LONGEST_NOTE = 2_000;
  private static final List<String> KNOWN =
      Arrays.stream(Verification.values()).map(Enum::name).toList();

  /**
   * The same with its notes as they are kept.
   *
   * @throws ProblemException VALIDATION_FAILED
   */
  VerificationWanted checked() {
    var clean =
        new VerificationWanted(
            verification,
            OrganizationRules.text(internalNote),
            OrganizationRules.text(shareableNote));
    new Validation()
        .check(
            verification != null && KNOWN.contains(verification),
            "verification",
            "INVALID",
            "verification must be one of " + KNOWN + ".")
        .check(
            fits(clean.internalNote()),
            "internal_note",
            "TOO_LONG",
            "internal_note has at most 2,000 characters.")
        .check(
            fits(clean.shareableNote()),
            "shareable_note",
            "TOO_LONG",
            "shareable_note has at most 2,000 characters.")
        .orThrow();
    return clean;
  }

  private static boolean fits(@Nullable String note) {
    return note == null || OrganizationRules.length(note) <= LONGEST_NOTE;
  }

  @Override
  public String toString() {
    return "VerificationWanted[" + verification + "]";
  }
}
