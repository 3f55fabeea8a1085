package io.dorsal.connections;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.UserDelegationKey;
import io.dorsal.connections.StorageAnswer.Asked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys with which Dorsal's identity signs tokens for an account: fetched for 6 hours, renewed after
 * 5, so that a token of one hour never outlives its key. Held in memory only. Thread-safe; of many
 * that ask at once for an account, one fetches.
 */
final class DelegationKeys {

  private static final Duration LIFE = Duration.ofHours(6);
  private static final Duration RENEWED_AFTER = Duration.ofHours(5);

  private final Clock clock;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  DelegationKeys(Clock clock) {
    this.clock = clock;
  }

  private static final class Slot {
    private @Nullable UserDelegationKey key;
    private Instant fetched = Instant.MIN;
  }

  /**
   * The account's key of now.
   *
   * @param before how long before now tokens begin
   * @throws CopyRefusedException with IDENTITY_DELEGATOR_MISSING where the account gives none
   */
  UserDelegationKey of(Connection connection, BlobServiceClient service, Duration before) {
    Slot slot = slots.computeIfAbsent(connection.blobEndpoint(), _ -> new Slot());
    synchronized (slot) {
      Instant now = clock.instant();
      UserDelegationKey key = slot.key;
      if (key == null || !now.isBefore(slot.fetched.plus(RENEWED_AFTER))) {
        key = fetched(connection, service, now.minus(before), now.plus(LIFE));
        slot.key = key;
        slot.fetched = now;
      }
      return key;
    }
  }

  private UserDelegationKey fetched(
      Connection connection, BlobServiceClient service, Instant start, Instant end) {
    try {
      return service.getUserDelegationKey(
          start.atOffset(ZoneOffset.UTC), end.atOffset(ZoneOffset.UTC));
    } catch (RuntimeException e) {
      StorageAnswer answer = StorageAnswer.of(Asked.READ, e, clock.instant());
      throw new CopyRefusedException(verdict(connection, answer), answer, answer.sentence(), e);
    }
  }

  private StorageVerdict.Refused verdict(Connection connection, StorageAnswer answer) {
    if (answer.status() == 403) {
      return new StorageVerdict.Refused(
          ConnectionProblem.IDENTITY_DELEGATOR_MISSING, null, "", null, false);
    }
    return ErrorMapping.verdict(answer, null, connection.authType(), clock.instant())
            instanceof StorageVerdict.Refused refused
        ? refused
        : new StorageVerdict.Refused(
            ConnectionProblem.SOURCE_BUSY, null, "", answer.retryAfter(), false);
  }
}
