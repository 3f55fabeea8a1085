package io.dorsal.local.servicebus;

import io.dorsal.local.servicebus.StoredMessage.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message's place as columns of its row.
 *
 * @param until milliseconds since the epoch: the end of the lock, or when the message is due
 */
record PlaceColumns(String name, @Nullable String lockToken, @Nullable Long until) {

  static PlaceColumns of(Place place) {
    return switch (place) {
      case Place.Active() -> new PlaceColumns("ACTIVE", null, null);
      case Place.Deferred() -> new PlaceColumns("DEFERRED", null, null);
      case Place.Scheduled(Instant due) -> new PlaceColumns("SCHEDULED", null, due.toEpochMilli());
      case Place.Locked(UUID token, Instant until, boolean deferred) ->
          new PlaceColumns(
              deferred ? "LOCKED_DEFERRED" : "LOCKED", token.toString(), until.toEpochMilli());
    };
  }

  static PlaceColumns read(ResultSet row) throws SQLException {
    return new PlaceColumns(
        row.getString("place"), row.getString("lock_token"), row.getLong("until"));
  }

  Place place() {
    return switch (name) {
      case "ACTIVE" -> StoredMessage.ACTIVE;
      case "DEFERRED" -> StoredMessage.DEFERRED;
      case "SCHEDULED" -> new Place.Scheduled(time());
      case "LOCKED" -> new Place.Locked(token(), time(), false);
      case "LOCKED_DEFERRED" -> new Place.Locked(token(), time(), true);
      default -> throw new IllegalStateException("unknown place in the data file: " + name);
    };
  }

  private Instant time() {
    return Instant.ofEpochMilli(Objects.requireNonNull(until));
  }

  private UUID token() {
    return UUID.fromString(Objects.requireNonNull(lockToken));
  }
}
