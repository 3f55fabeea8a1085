package io.dorsal.jobs.intake;

/** The work was told to stop; what is not committed is done again by whoever takes it up. */
public class WorkStoppedException extends RuntimeException {

  WorkStoppedException(String reason) {
    super(reason);
  }
}
