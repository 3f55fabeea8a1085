package io.dorsal.operations;

/**
 * Whether one thing that Dorsal needs is there. Implementations are beans of the room that needs
 * it; they may block, and are given up on after two seconds. Thread-safe.
 */
public interface ReadinessCheck {

  /** The member of {@code checks} it answers. */
  String name();

  /** Whether an instance without it must get no requests; otherwise it only degrades. */
  default boolean required() {
    return true;
  }

  /**
   * Returns where the thing is there.
   *
   * @throws Exception what is wrong with it
   */
  void check() throws Exception;
}
