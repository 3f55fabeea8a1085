package io.dorsal.discovery;

import java.util.UUID;

/**
 * The scan was canceled, paused or failed meanwhile; whatever was being written for it is not kept.
 */
public class ScanNotActiveException extends RuntimeException {

  public ScanNotActiveException(UUID scanId) {
    super("The scan " + scanId + " is no longer at work.");
  }
}
