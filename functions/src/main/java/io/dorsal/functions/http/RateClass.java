package io.dorsal.functions.http;

/** What kind of work a route is, as rate limits count it. */
public enum RateClass {
  /** One thing is read. */
  READ(1),
  LIST(2),
  WRITE(2),
  /** Bytes of a file. */
  CONTENT(5),
  SEARCH(10),
  /** By meaning: a model is asked. */
  SEMANTIC(20),
  /** An operator's look inside, which has a limit of its own. */
  DIAGNOSTICS(1),
  /** Before sign-in; counted by address. */
  SIGN_IN(1),
  /** Configuration, without login; counted by address. */
  HEALTH(1),
  /** What load balancers ask every few seconds; counted by address in each process alone. */
  PROBE(1);

  private final int units;

  RateClass(int units) {
    this.units = units;
  }

  /** What one call costs. */
  public int units() {
    return units;
  }
}
