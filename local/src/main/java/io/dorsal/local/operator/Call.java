package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiUnreachableException;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.oidc.Tokens;
import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.People;
import io.dorsal.local.stack.StackState;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options all commands share: whom to call, as whom, and how to show the answer. */
final class Call {

  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int ATTEMPTS = 3;
  private static final int LONGEST_SECRET = 1 << 16;

  private final Surroundings surroundings;

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "Dorsal's address; else DORSAL_API, else the stack that runs here.")
  private @Nullable String address;

  @Option(
      names = "--tenant",
      description = "On the stack that runs here: whose data, default demo (or DORSAL_TENANT).")
  private @Nullable String tenant;

  @Option(names = "--json", description = "Print the API's JSON.")
  private boolean json;

  Call(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Screen screen() {
    return new Screen(surroundings, json);
  }

  /**
   * The API that is meant, with a token.
   *
   * @throws UsageException when the address or its token is missing or not to be used
   * @throws ApiUnreachableException when no stack runs here
   */
  Api api() {
    String given = address == null ? surroundings.variable("DORSAL_API") : address;
    return given == null ? ofTheStack() : elsewhere(base(given));
  }

  /**
   * A secret from stdin, from {@code DORSAL_SECRET}, or typed unseen.
   *
   * @throws UsageException when there is none
   */
  String secret(boolean fromStdin) {
    String secret = fromStdin ? read() : surroundings.variable("DORSAL_SECRET");
    if (secret == null) {
      secret =
          person()
              .map(console -> console.readPassword("Secret (is not shown): "))
              .map(typed -> new String(typed).strip())
              .orElse("");
    }
    if (secret.isEmpty()) {
      throw new UsageException(
          fromStdin
              ? "stdin holds no secret"
              : "the secret is missing: give it by stdin with --secret-stdin, or in DORSAL_SECRET");
    }
    return secret;
  }

  /**
   * Makes sure that a person means it.
   *
   * @throws UsageException when they do not, or cannot be asked
   */
  void confirm(String question, boolean yes) {
    if (yes) {
      return;
    }
    Console console =
        person().orElseThrow(() -> new UsageException("nobody can be asked here: add --yes"));
    String answer = console.readLine("%s [y/N] ", question);
    if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
      throw new UsageException("nothing was done");
    }
  }

  private static Optional<Console> person() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private String read() {
    try {
      byte[] bytes = surroundings.in().readNBytes(LONGEST_SECRET);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Api elsewhere(String base) {
    String token = surroundings.variable("DORSAL_TOKEN");
    if (token == null) {
      throw new UsageException(
          "DORSAL_TOKEN is not set; it needs a bearer token for "
              + base
              + " (for a local stack: DORSAL_TOKEN=$(./dorsal token))");
    }
    if (tenant != null) {
      throw new UsageException("--tenant is for the stack that runs here; a token has its own");
    }
    return new Api(base, () -> token, ATTEMPTS);
  }

  private Api ofTheStack() {
    try {
      StackState stack = Here.running();
      Tokens tokens = Here.tokens(stack);
      String named = tenant == null ? surroundings.variable("DORSAL_TENANT") : tenant;
      String whose = named == null ? "demo" : named;
      TokenRequest caller = People.ready(stack.postgres(), stack.oidc(), whose, "TENANT_ADMIN");
      return new Api(stack.api(), () -> tokens.mint(caller), ATTEMPTS);
    } catch (IllegalStateException e) {
      throw new ApiUnreachableException(
          e.getMessage() + ", or name another Dorsal by DORSAL_API and DORSAL_TOKEN");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the route prefix, which people copy along. */
  static String base(String given) {
    URI address;
    try {
      address = URI.create(given.strip());
    } catch (IllegalArgumentException e) {
      throw new UsageException("not an address: " + given);
    }
    String host = address.getHost();
    if (host == null || address.getQuery() != null || address.getUserInfo() != null) {
      throw new UsageException("not an address such as https://dorsal.example: " + given);
    }
    if (!"https".equals(address.getScheme())
        && !("http".equals(address.getScheme()) && HERE.contains(host))) {
      throw new UsageException(
          "a token is only sent over https (or to this machine), not to " + given);
    }
    return given.strip().replaceFirst("/+$", "").replaceFirst("/api/v1$", "");
  }
}
