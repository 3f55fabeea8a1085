package io.dorsal.operations;

import java.sql.SQLNonTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database has a schema that this program cannot work with; no connection is given out. */
public final class SchemaMismatchException extends SQLNonTransientConnectionException {

  /** SQL's server rejected establishment of a connection; who waits for a database waits for it. */
  private static final String STATE = "08004";

  SchemaMismatchException(int version) {
    super(
        "The database has schema version %d, this program works with %d and %d."
            .formatted(version, SchemaVersion.OF_THIS_PROGRAM, SchemaVersion.OF_THIS_PROGRAM + 1),
        STATE);
  }

  /** The one among the causes of a failure. */
  public static Optional<SchemaMismatchException> in(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SchemaMismatchException mismatch) {
        return Optional.of(mismatch);
      }
    }
    return Optional.empty();
  }
}
