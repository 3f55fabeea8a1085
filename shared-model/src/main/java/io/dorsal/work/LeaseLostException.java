package io.dorsal.work;

/** Somebody else has taken this work over; whatever this holder still does is refused. */
public class LeaseLostException extends RuntimeException {

  public LeaseLostException(Lease lease) {
    super("Another worker took over " + lease.resource() + "; nothing more is written here.");
  }
}
