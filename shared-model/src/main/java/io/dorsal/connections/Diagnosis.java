package io.dorsal.connections;

import java.util.List;

/**
 * One thing that a check of a connection found.
 *
 * @param capability what it concerns; empty where it concerns the connection as a whole
 * @param detail what was seen in this case
 * @param fix the exact sentence that mends it
 */
public record Diagnosis(
    ConnectionProblem code, Level level, List<Ability> capability, String detail, String fix) {

  /** How bad it is. */
  public enum Level {
    WARN,
    FAIL
  }

  /** Whether it takes this away, rather than being a matter of the moment. */
  boolean fails(Ability ability) {
    return level == Level.FAIL && capability.contains(ability) && !momentary();
  }

  /** A storage account that is busy says nothing about the connection. */
  boolean momentary() {
    return code == ConnectionProblem.SOURCE_BUSY
        || code == ConnectionProblem.COPY_SOURCE_UNREACHABLE;
  }

  boolean warns(Ability ability) {
    return level == Level.WARN && capability.contains(ability);
  }
}
