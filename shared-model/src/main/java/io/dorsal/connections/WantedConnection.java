package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.Uuid7;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A new connection as a person asked for it, cleaned and found possible.
 *
 * @param containers allow list; the one of a container's token
 */
record WantedConnection(
    String name, String account, String endpoint, List<String> containers, Credential credential) {

  /**
   * @throws ProblemException VALIDATION_FAILED, SAS_MALFORMED, KEY_MALFORMED, ACCOUNT_MISMATCH,
   *     ENDPOINT_NOT_ALLOWED, AUTH_TYPE_UNAVAILABLE
   */
  static WantedConnection of(ConnectionRequest request, ConnectionSettings settings) {
    AuthType authType = validated(request);
    Credential credential =
        authType == AuthType.MANAGED_IDENTITY && !settings.local()
            ? new Credential.Identity()
            : credential(authType, request.secret());
    String account = accountOf(request, credential);
    requireSameAccount(account, credential);
    String endpoint = endpointOf(request, credential, account);
    requireAllowed(endpoint, settings);
    requireAccountsOwn(endpoint, account);
    return new WantedConnection(
        String.valueOf(request.name()).strip(),
        account,
        endpoint,
        containersOf(request.containers() == null ? List.of() : request.containers(), credential),
        credential);
  }

  /** The connection without its secret yet. */
  Connection blank(Caller caller, Instant now) {
    return new Connection(
        Uuid7.next(),
        null,
        caller.tenantId(),
        name,
        Connection.nameKey(name),
        ConnectionKind.AZURE_BLOB,
        credential.authType(),
        account,
        endpoint,
        containers,
        ConnectionStatus.UNVERIFIED,
        null,
        null,
        0,
        "",
        new byte[0],
        new byte[0],
        "",
        Capabilities.UNKNOWN,
        null,
        null,
        caller.actor(),
        now,
        now,
        null);
  }

  private static AuthType validated(ConnectionRequest request) {
    AuthType authType = null;
    for (AuthType candidate : AuthType.values()) {
      authType = candidate.name().equals(request.authType()) ? candidate : authType;
    }
    var validation = new Validation();
    ConnectionRules.requireName(validation, request.name());
    boolean blob = ConnectionKind.AZURE_BLOB.name().equals(request.kind());
    validation.check(
        blob,
        "kind",
        "UNKNOWN_VALUE",
        "kind must be AZURE_BLOB; DRIVE is built in, SMB and SHAREPOINT come with the connectors.");
    if (!blob) {
      // Of another kind nobody can say what else it needs; DRIVE has no secret.
      validation.orThrow();
    }
    ConnectionRules.requireContainers(
        validation, request.containers() == null ? List.of() : request.containers());
    ConnectionRules.requireSecret(validation, authType, request.secret());
    validation.check(
        authType != null,
        "auth_type",
        "UNKNOWN_VALUE",
        "auth_type must be SAS_TOKEN, CONNECTION_STRING or MANAGED_IDENTITY.");
    validation.orThrow();
    return Objects.requireNonNull(authType);
  }

  /**
   * @throws ProblemException SAS_MALFORMED, KEY_MALFORMED or AUTH_TYPE_UNAVAILABLE
   */
  static Credential credential(AuthType authType, @Nullable String secret) {
    return Credential.parse(authType, secret == null ? "" : secret);
  }

  private static String accountOf(ConnectionRequest request, Credential credential) {
    String account = request.accountName();
    if (account == null) {
      account = namedAccount(credential);
    }
    if (account == null && request.blobEndpoint() != null) {
      account = BlobLocation.of(uri(request.blobEndpoint())).account();
    }
    ConnectionRules.requireAccount(account);
    return Objects.requireNonNull(account);
  }

  private static @Nullable String namedAccount(Credential credential) {
    return switch (credential) {
      case Credential.AccountKey key -> key.account();
      case Credential.Identity _ -> null;
      case Credential.Sas(SasToken sas) ->
          sas.endpoint() == null ? null : BlobLocation.of(uri(sas.endpoint())).account();
    };
  }

  static void requireSameAccount(String account, Credential credential) {
    String named = namedAccount(credential);
    if (named != null && !named.equals(account)) {
      throw new ProblemException(
          ConnectionProblem.ACCOUNT_MISMATCH,
          "The credential is for the account " + named + ", not for " + account + ".");
    }
  }

  private static String endpointOf(
      ConnectionRequest request, Credential credential, String account) {
    String given = request.blobEndpoint();
    if (given == null) {
      given =
          switch (credential) {
            case Credential.AccountKey key -> key.endpoint();
            case Credential.Identity _ -> null;
            case Credential.Sas(SasToken sas) -> sas.endpoint();
          };
    }
    return given == null ? defaultEndpoint(account) : given.replaceFirst("/$", "");
  }

  static String defaultEndpoint(String account) {
    return "https://" + account + ".blob.core.windows.net";
  }

  private static void requireAllowed(String endpoint, ConnectionSettings settings) {
    if (!settings.allows(uri(endpoint))) {
      throw new ProblemException(
          ConnectionProblem.ENDPOINT_NOT_ALLOWED,
          "The host of this blob endpoint is neither Azure's nor on the allow list.",
          Map.of("host", String.valueOf(uri(endpoint).getHost())));
    }
  }

  /** A host of Azure's own names its account; one of the allow list need not. */
  private static void requireAccountsOwn(String endpoint, String account) {
    URI uri = uri(endpoint);
    if (ConnectionSettings.isAzure(uri) && !BlobLocation.of(uri).account().equals(account)) {
      throw new ProblemException(
          ConnectionProblem.ACCOUNT_MISMATCH,
          "The blob endpoint is another account's, not that of " + account + ".");
    }
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ConnectionProblem.ENDPOINT_NOT_ALLOWED, "The blob endpoint is not a URL.");
    }
  }

  /** Any token but an account's opens one container only, the one a pasted URL names. */
  static List<String> containersOf(List<String> given, Credential credential) {
    if (!(credential instanceof Credential.Sas(SasToken sas))) {
      return List.copyOf(given);
    }
    String named = sas.container();
    List<String> containers = given.isEmpty() && named != null ? List.of(named) : given;
    boolean anyOf = sas.kind().equals("ACCOUNT");
    new Validation()
        .check(
            anyOf || containers.size() == 1,
            "containers",
            "EXACTLY_ONE",
            "A container SAS needs exactly one container.")
        .check(
            anyOf || named == null || containers.contains(named),
            "containers",
            "MISMATCH",
            "The pasted SAS URL is for another container.")
        .check(
            containers.stream().allMatch(Connection::isContainerName),
            "containers",
            "INVALID",
            "The pasted SAS URL names no container.")
        .orThrow();
    return List.copyOf(containers);
  }
}
