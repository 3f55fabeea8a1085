package io.dorsal.problem;

import java.util.Optional;

/**
 * One thing that can go wrong, as its room's enum declares it. The constant's name is the code that
 * people, answers and the database see.
 */
public interface Problem {

  /** The code: the constant's name, upper snake case, stable for ever. */
  String name();

  /** One short sentence naming the cause, without data of the case. */
  String title();

  /** One sentence telling the reader what to do. */
  String fix();

  /** The code's row in the register; empty for a warning, which is told and never thrown. */
  default Optional<ErrorCode> registered() {
    return ErrorCode.of(name());
  }

  /** The HTTP status, as the register says. */
  default int status() {
    return registered().map(ErrorCode::status).orElse(500);
  }

  /** Whether the same call, unchanged, may succeed later, as the register says. */
  default boolean retryable() {
    return registered().map(ErrorCode::retryable).orElse(false);
  }
}
