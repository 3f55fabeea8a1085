package io.dorsal.connections;

import io.dorsal.problem.ProblemException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential as it was understood. Holds the secret: never logged, {@code toString} shows none of
 * it.
 */
public sealed interface Credential {

  /** The storage emulator's account, the same on every machine, and its published key. */
  String EMULATOR = "devstoreaccount1";

  String EMULATOR_KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  /** What is sealed and kept. */
  String secret();

  /** What it is kept as; a connection string may carry a token. */
  default AuthType authType() {
    return switch (this) {
      case Sas _ -> AuthType.SAS_TOKEN;
      case AccountKey _ -> AuthType.CONNECTION_STRING;
      case Identity _ -> AuthType.MANAGED_IDENTITY;
    };
  }

  /** A shared access signature, used as given. */
  record Sas(SasToken token) implements Credential {
    @Override
    public String secret() {
      return token.text();
    }
  }

  /** An account name and its key. */
  record AccountKey(String account, String key, @Nullable String endpoint) implements Credential {
    @Override
    public String secret() {
      return "AccountName=" + account + ";AccountKey=" + key;
    }

    @Override
    public String toString() {
      return "AccountKey[account=" + account + ", key=***]";
    }
  }

  /** Dorsal's own identity in Azure: nothing is kept, so nothing can be lost. */
  record Identity() implements Credential {
    @Override
    public String secret() {
      return "";
    }
  }

  /**
   * Understands what a person pasted. A connection string that carries a shared access signature
   * becomes a {@link Sas}.
   *
   * @throws ProblemException SAS_MALFORMED, KEY_MALFORMED or AUTH_TYPE_UNAVAILABLE
   */
  static Credential parse(AuthType authType, String secret) {
    return switch (authType) {
      case SAS_TOKEN ->
          carriesToken(secret) ? fromConnectionString(secret) : new Sas(SasToken.parse(secret));
      case CONNECTION_STRING -> fromConnectionString(secret);
      case MANAGED_IDENTITY ->
          throw new ProblemException(
              ConnectionProblem.AUTH_TYPE_UNAVAILABLE,
              "Managed identities exist only where Dorsal runs in Azure.");
    };
  }

  private static boolean carriesToken(String pasted) {
    return pasted.toLowerCase(Locale.ROOT).contains("sharedaccesssignature=");
  }

  private static Credential fromConnectionString(String pasted) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : pasted.strip().split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(
            part.substring(0, equals).strip().toLowerCase(Locale.ROOT), part.substring(equals + 1));
      }
    }
    if ("true".equalsIgnoreCase(parts.get("usedevelopmentstorage"))) {
      return new AccountKey(EMULATOR, EMULATOR_KEY, "http://127.0.0.1:10000/" + EMULATOR);
    }
    String endpoint = endpointOf(parts);
    String sas = parts.get("sharedaccesssignature");
    if (sas != null) {
      SasToken token = SasToken.parse(sas);
      return new Sas(new SasToken(token.text(), token.parameters(), endpoint, null));
    }
    String account = parts.get("accountname");
    String key = parts.get("accountkey");
    if (account == null || key == null || !isKey(key)) {
      throw new ProblemException(
          ConnectionProblem.KEY_MALFORMED,
          "The connection string needs AccountName and an AccountKey of 64 bytes in base64.");
    }
    return new AccountKey(account, key, endpoint);
  }

  private static @Nullable String endpointOf(Map<String, String> parts) {
    String blob = parts.get("blobendpoint");
    if (blob != null) {
      return blob.replaceFirst("/$", "");
    }
    String suffix = parts.get("endpointsuffix");
    String account = parts.get("accountname");
    return suffix == null || account == null ? null : "https://" + account + ".blob." + suffix;
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 64;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
