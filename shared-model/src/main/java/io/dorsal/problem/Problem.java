package io.dorsal.problem;

/**
 * One thing that can go wrong, as its room's enum declares it. The constant's name is the code that
 * people, answers and the database see.
 */
public interface Problem {

  /** The code: the constant's name, upper snake case, stable for ever. */
  String name();

  /** Which kind of refusal this is; decides the HTTP status and whether a worker tries again. */
  Category category();

  /** One short sentence naming the cause, without data of the case. */
  String title();

  /** One sentence telling the reader what to do. */
  String fix();

  /** Whether the same call, unchanged, may succeed later. */
  default boolean retryable() {
    return category().retryable();
  }
}
