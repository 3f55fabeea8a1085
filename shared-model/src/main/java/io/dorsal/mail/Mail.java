package io.dorsal.mail;

import io.dorsal.work.Retries;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one person. Immutable.
 *
 * @param id the same at every attempt
 * @param kind of the notice
 * @param nextAt when it is tried next; null once it ended
 */
record Mail(
    UUID tenantId,
    UUID id,
    UUID userId,
    String kind,
    MailState state,
    int attempts,
    @Nullable Instant nextAt,
    @Nullable Instant lastAt,
    @Nullable MailError lastError,
    @Nullable Instant endedAt) {

  /** The same after an attempt; without an error it was sent. */
  Mail after(Instant at, @Nullable MailError error) {
    int made = attempts + 1;
    Instant again =
        error == null || error == MailError.ADDRESS_REFUSED
            ? null
            : Retries.after(made).map(at::plus).orElse(null);
    MailState now = error == null ? MailState.SENT : MailState.GIVEN_UP;
    return new Mail(
        tenantId,
        id,
        userId,
        kind,
        again == null ? now : MailState.WAITING,
        made,
        again,
        at,
        error,
        again == null ? at : null);
  }

  /** The same, never to be sent. */
  Mail canceled(Instant at) {
    return new Mail(
        tenantId, id, userId, kind, MailState.CANCELED, attempts, null, lastAt, lastError, at);
  }
}
