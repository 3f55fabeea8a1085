package io.dorsal.local.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked about a connection besides its name. */
final class ConnectionForm {

  @Option(names = "--kind", description = "AZURE_BLOB (default), the only kind so far.")
  private String kind = "AZURE_BLOB";

  @Option(
      names = "--account",
      description = "Storage account; not needed with a whole SAS URL or a connection string.")
  private @Nullable String account;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Of its blobs, default https://ACCOUNT.blob.core.windows.net")
  private @Nullable String endpoint;

  @Option(
      names = "--auth",
      description = "SAS_TOKEN, CONNECTION_STRING or MANAGED_IDENTITY; seen from the secret.")
  private @Nullable String auth;

  @Option(
      names = "--container",
      description = "May be given several times; left out: all that the secret opens.")
  private List<String> containers = List.of();

  @Option(
      names = "--secret-stdin",
      description = "Read the secret from stdin; else DORSAL_SECRET, else it is asked for.")
  private boolean fromStdin;

  /** The request's body. */
  Map<String, Object> body(String name, Call call) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("kind", kind);
    if (account != null) {
      body.put("account_name", account);
    }
    if (endpoint != null) {
      body.put("blob_endpoint", endpoint);
    }
    String secret = "MANAGED_IDENTITY".equals(auth) || kind.equals("DRIVE") ? null : secret(call);
    if (secret != null) {
      body.put("secret", secret);
    }
    if (auth != null || secret != null) {
      body.put("auth_type", auth == null ? kindOf(String.valueOf(secret)) : auth);
    }
    body.put("containers", containers);
    return body;
  }

  private String secret(Call call) {
    return call.secret(fromStdin);
  }

  private static String kindOf(String secret) {
    return secret.contains("AccountKey=") || secret.contains("UseDevelopmentStorage=")
        ? "CONNECTION_STRING"
        : "SAS_TOKEN";
  }
}
