package io.dorsal.discovery;

/** The source has more files than one source may have. */
public class SourceTooLargeException extends RuntimeException {

  public SourceTooLargeException() {
    super("The source has more than 10,000,000 files.");
  }
}
