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
          "TENANT_ADMIN, AUDITOR, MEMBER, OPERATOR, or VIEWER, EXPERT, PROFESSIONAL, ADMINISTRATOR"
              + " of a ready population, or ORGANIZATION_MEMBER, ORGANIZATION_ADMINISTRATOR of a"
              + " ready organization; default ${DEFAULT-VALUE}.")
  private String role = "TENANT_ADMIN";

  @Option(names = "--json", description = "Print JSON with tenant id and role.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    StackState state = Here.running();
    String token = Here.token(state, tenant, role);
    if (json) {
      Terminal.json(
          Map.of(
              "token", token, "tenant_id", TokenRequest.tenantId(tenant).toString(), "role", role));
    } else {
      Terminal.report(token);
    }
    return 0;
  }
}
