package io.dorsal.local.stack;

import io.dorsal.local.process.PrivateFiles;
import io.dorsal.local.process.ProcessIdentity;
import io.dorsal.local.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code stack.json} says: where everything is and which processes belong to it. It holds
 * secrets.
 *
 * @param api address of the functions host, without the route prefix
 * @param edge address that serves streams, which {@code api} hands on to; null where there is none
 * @param oidc the issuer
 * @param servicebus connection string
 * @param postgres JDBC URL with the user that sees every tenant, and its password
 * @param workers ids of worker processes by name; those that are down are missing
 */
public record StackState(
    Phase state,
    ProcessIdentity supervisor,
    String api,
    @Nullable String edge,
    String oidc,
    Storage storage,
    String servicebus,
    String postgres,
    Map<String, Long> workers,
    List<Part> processes,
    Control control) {

  /** How far the stack is. */
  public enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  /** Base addresses of the two accounts and of the gateway both go through. */
  public record Storage(String source, String store, String gateway) {}

  /**
   * One process.
   *
   * @param process null while it is down
   * @param wanted false when it was taken down on purpose
   */
  public record Part(
      String name, @Nullable ProcessIdentity process, boolean wanted, int restarts, String log) {}

  /** How the supervisor is told to do something. */
  public record Control(String url, String secret) {}

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * The state in this directory, or empty when no stack was started there or the last one ended
   * well.
   */
  public static Optional<StackState> read(StackDirectory directory) throws IOException {
    Path file = directory.state();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(JSON.readValue(file.toFile(), StackState.class));
  }

  void write(StackDirectory directory) throws IOException {
    PrivateFiles.write(directory.state(), JSON.writeValueAsString(this) + "\n");
  }

  /** True while its supervisor lives. */
  public boolean supervised() {
    return supervisor.find().isPresent();
  }

  /**
   * Ends what a dead supervisor left behind; the last started goes first. Returns how many there
   * were.
   */
  public int endLeftovers() {
    int ended = 0;
    for (Part part : processes.reversed()) {
      ProcessIdentity process = part.process();
      if (process != null && process.find().isPresent()) {
        Signal signal = part.name().equals("postgres") ? Signal.INT : Signal.TERM;
        process.end(signal, Duration.ofSeconds(20));
        ended++;
      }
    }
    return ended;
  }
}
