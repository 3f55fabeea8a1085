package io.dorsal.discovery.metadata;

import java.io.IOException;

/** Carries the store's own failure through parsers that would take it for a broken file. */
final class SourceFailure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final IOException failure;

  SourceFailure(IOException failure) {
    super(failure);
    this.failure = failure;
  }

  IOException failure() {
    return failure;
  }
}
