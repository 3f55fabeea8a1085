package io.dorsal.catalog.organizations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's administrator decided of an organization. Immutable.
 *
 * @param internalNote for the tenant's administrators alone
 * @param shareableNote what the organization's administrators were told
 */
public record VerificationDecision(
    UUID id,
    Verification from,
    Verification to,
    @Nullable String internalNote,
    @Nullable String shareableNote,
    String decidedBy,
    Instant decidedAt) {

  /** Without the notes, for logs. */
  @Override
  public String toString() {
    return "VerificationDecision[" + from + " to " + to + "]";
  }
}
