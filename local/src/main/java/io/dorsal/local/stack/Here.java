package io.dorsal.local.stack;

import io.dorsal.local.oidc.Tokens;
import io.dorsal.local.storage.Containers;
import io.dorsal.local.storage.StorageAccounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The stack of this checkout, or of {@code DORSAL_DIRECTORY}, as the commands see it. */
public final class Here {

  private Here() {}

  public static StackOptions options(int workers) {
    return StackOptions.in(StackDirectory.home(), directory().root())
        .withWorkers(workers)
        .withEdge();
  }

  public static StackDirectory directory() {
    String given = System.getenv("DORSAL_DIRECTORY");
    return new StackDirectory(
        given == null ? StackDirectory.home().resolve(".dorsal") : Path.of(given));
  }

  /** The running stack's state, or empty. */
  public static Optional<StackState> find() throws IOException {
    return StackState.read(directory()).filter(StackState::supervised);
  }

  /**
   * The running stack's state.
   *
   * @throws IllegalStateException when none runs, or it is still on its way
   */
  public static StackState running() throws IOException {
    StackState state =
        find()
            .orElseThrow(
                () -> new IllegalStateException("The stack is not running; start it: ./dorsal up"));
    if (state.state() != StackState.Phase.RUNNING) {
      throw new IllegalStateException("The stack is " + state.state() + "; try again in a moment");
    }
    return state;
  }

  public static Tokens tokens(StackState state) throws IOException {
    return Tokens.trusted(state.oidc(), directory().key("oidc.json"));
  }

  /**
   * A token of the user who has this role in the tenant; both are made where they are missing.
   *
   * @param role one of {@link People#ROLES}
   */
  public static String token(StackState state, String tenant, String role) throws IOException {
    return tokens(state).mint(People.ready(state.postgres(), state.oidc(), tenant, role));
  }

  public static Containers containers(StackState state) throws IOException {
    return new Containers(
        state.storage().gateway(), StorageAccounts.at(directory().key("storage.json")));
  }
}
