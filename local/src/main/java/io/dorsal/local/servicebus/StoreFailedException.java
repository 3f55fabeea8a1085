package io.dorsal.local.servicebus;

import java.sql.SQLException;

/** The data file can no longer be written or read; the server stops rather than forget. */
final class StoreFailedException extends RuntimeException {

  StoreFailedException(SQLException cause) {
    super("Service Bus data file: " + cause.getMessage(), cause);
  }
}
