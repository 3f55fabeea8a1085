package io.dorsal.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a stack keeps what it knows: data, logs, keys and {@code stack.json}. */
public record StackDirectory(Path root) {

  public StackDirectory {
    root = root.toAbsolutePath().normalize();
  }

  public Path state() {
    return root.resolve("stack.json");
  }

  /** Held locked while a supervisor runs. */
  Path lock() {
    return root.resolve("stack.lock");
  }

  Path ports() {
    return root.resolve("ports.json");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of one process. */
  public Path log(String process) {
    return logs().resolve(process + ".log");
  }

  /** A file that holds a secret. */
  public Path key(String name) {
    return root.resolve("keys").resolve(name);
  }

  Path data(String part) {
    return root.resolve(part);
  }

  /** Holds by how much the clock of expiry is ahead, where it is. */
  public Path expiryShift() {
    return root.resolve("expiry-shift");
  }

  /** Where ledgers of generated archives are kept. */
  public Path ledgers() {
    return root.resolve("ledgers");
  }

  /**
   * The checkout this runs in: {@code -Ddorsal.home}, else the nearest directory above that has a
   * script {@code dorsal}.
   *
   * @throws IllegalStateException when there is none
   */
  public static Path home() {
    String given = System.getProperty("dorsal.home");
    if (given != null) {
      return Path.of(given).toAbsolutePath();
    }
    for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      if (Files.exists(here.resolve("dorsal")) && Files.exists(here.resolve("local/azurite"))) {
        return here;
      }
    }
    throw new IllegalStateException("Not inside a checkout of Dorsal; set -Ddorsal.home");
  }
}
