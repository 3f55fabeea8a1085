package io.dorsal.local.cli;

import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.StackState;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a token for calls by hand. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints a bearer token for the API, good for eight hours.")
final class TokenCommand implements Callable<Integer> {

  @Option(names = "--tenant", description = "A name or a UUID, default ${DEFAULT-VALUE}.")
  private String tenant = "demo";

  @Option(
      names = "--role",
      description =
          "VIEWER, EXPERT, PROFESSIONAL, ADMINISTRATOR or TENANT_ADMIN; default ${DEFAULT-VALUE}.")
  private String role = "TENANT_ADMIN";

  @Option(names = "--json", description = "Print JSON with tenant id and role.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    StackState state = Here.running();
    TokenRequest request = TokenRequest.of(tenant, role);
    String token = Here.tokens(state).mint(request);
    if (json) {
      Terminal.json(
          Map.of("token", token, "tenant_id", request.tenantId().toString(), "role", role));
    } else {
      Terminal.report(token);
    }
    return 0;
  }
}
