package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.Role;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The connections of a tenant. Thread-safe; storage is tried outside of any transaction. */
@Component
public class Connections {

  private final ConnectionRows rows;
  private final ConnectionStates states;
  private final SecretVault vault;
  private final Doctor doctor;
  private final ConnectionSettings settings;
  private final ApplicationEventPublisher events;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Connections(
      ConnectionRows rows,
      ConnectionStates states,
      SecretVault vault,
      Doctor doctor,
      ConnectionSettings settings,
      ApplicationEventPublisher events,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.states = states;
    this.vault = vault;
    this.doctor = doctor;
    this.settings = settings;
    this.events = events;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Makes a connection and checks it at once; it is saved even if the check fails.
   *
   * @throws ProblemException VALIDATION_FAILED, NAME_TAKEN, or what is wrong with the credential's
   *     text
   */
  public Connection create(Caller caller, ConnectionRequest request) {
    caller.require(Role.TENANT_ADMIN, "Creating a connection");
    AuthType authType = validated(request);
    Credential credential = Credential.parse(authType, String.valueOf(request.secret()));
    String nameKey = Connection.nameKey(String.valueOf(request.name()));
    if (rows.existsByTenantIdAndNameKey(caller.tenantId(), nameKey)) {
      throw nameTaken(request);
    }
    Connection made = made(caller, request, credential);
    Connection checked = doctor.examined(made, credential);
    try {
      return transaction.execute(status -> states.saved(null, checked, caller.subject()));
    } catch (DuplicateKeyException e) {
      throw nameTaken(request);
    }
  }

  /**
   * Replaces the secret and checks it; paused scans of this connection go on when it passes.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException NOT_FOUND, STALE_VERSION, or what is wrong with the credential's text
   */
  public Connection replaceSecret(
      Caller caller, UUID id, int expectedVersion, @Nullable String secret) {
    caller.require(Role.TENANT_ADMIN, "Replacing a secret");
    Connection known = get(caller, id);
    if (!Integer.valueOf(expectedVersion).equals(known.version())) {
      throw stale(known.version());
    }
    requireSecret(new Validation(), secret).orThrow();
    Credential credential = Credential.parse(known.authType(), String.valueOf(secret));
    requireSameAccount(known.accountName(), credential);
    containersOf(known.containers(), credential);
    Connection replaced = sealed(known, credential);
    Connection checked = doctor.examined(replaced, credential);
    return transaction.execute(status -> saved(known, checked, caller.subject()));
  }

  private Connection saved(Connection known, Connection checked, String actor) {
    Connection saved;
    try {
      saved = states.saved(known, checked, actor);
    } catch (OptimisticLockingFailureException e) {
      throw stale(null);
    }
    if (saved.scannable()) {
      events.publishEvent(new ConnectionRepaired(saved.id(), saved.tenantId()));
    }
    return saved;
  }

  /**
   * @throws ProblemException NOT_FOUND, also for another tenant's id
   */
  public Connection get(Caller caller, UUID id) {
    caller.require(Role.ADMINISTRATOR, "Reading connections");
    return rows.findByIdAndTenantId(id, caller.tenantId())
        .orElseThrow(
            () ->
                new ProblemException(
                    GeneralProblem.NOT_FOUND, "There is no connection with this id."));
  }

  /** The connections of the caller's tenant, by name. */
  public List<Connection> list(Caller caller) {
    caller.require(Role.ADMINISTRATOR, "Reading connections");
    return rows.findByTenantIdOrderByNameKeyAscIdAsc(caller.tenantId());
  }

  /** A connection for work that was asked for earlier by somebody allowed to. */
  public Connection forWork(UUID tenantId, UUID id) {
    return rows.findByIdAndTenantId(id, tenantId).orElseThrow();
  }

  private AuthType validated(ConnectionRequest request) {
    String name = request.name() == null ? "" : request.name().strip();
    List<String> containers = request.containers() == null ? List.of() : request.containers();
    var validation =
        new Validation()
            .check(
                Validation.isText(name) && name.codePointCount(0, name.length()) <= 100,
                "name",
                "LENGTH",
                "name needs 1 to 100 characters.")
            .check(
                "AZURE_BLOB".equals(request.kind()),
                "kind",
                "UNKNOWN_VALUE",
                "kind must be AZURE_BLOB; other kinds follow with the connectors.")
            .check(
                containers.size() <= 50
                    && containers.stream()
                        .allMatch(c -> c != null && Connection.isContainerName(c)),
                "containers",
                "INVALID",
                "containers holds at most 50 container names of 3 to 63 characters.");
    requireSecret(validation, request.secret());
    AuthType authType = null;
    for (AuthType candidate : AuthType.values()) {
      authType = candidate.name().equals(request.authType()) ? candidate : authType;
    }
    validation
        .check(
            authType != null,
            "auth_type",
            "UNKNOWN_VALUE",
            "auth_type must be SAS_TOKEN, CONNECTION_STRING or MANAGED_IDENTITY.")
        .orThrow();
    return java.util.Objects.requireNonNull(authType);
  }

  private static Validation requireSecret(Validation validation, @Nullable String secret) {
    return validation.check(
        secret != null && !secret.isBlank() && secret.length() <= 4_096,
        "secret",
        "LENGTH",
        "secret needs 1 to 4,096 characters.");
  }

  private Connection made(Caller caller, ConnectionRequest request, Credential credential) {
    String account = accountOf(request, credential);
    requireSameAccount(account, credential);
    String endpoint = endpointOf(request, credential, account);
    Instant now = clock.instant();
    var blank =
        new Connection(
            UUID.randomUUID(),
            null,
            caller.tenantId(),
            String.valueOf(request.name()).strip(),
            Connection.nameKey(String.valueOf(request.name())),
            "AZURE_BLOB",
            credential.authType(),
            account,
            endpoint,
            containersOf(
                request.containers() == null ? List.of() : request.containers(), credential),
            ConnectionStatus.UNVERIFIED,
            null,
            0,
            "",
            new byte[0],
            new byte[0],
            Capabilities.UNKNOWN,
            null,
            null,
            caller.subject(),
            now,
            now);
    return sealed(blank, credential);
  }

  private Connection sealed(Connection connection, Credential credential) {
    String where = connection.associatedData(connection.secretVersion() + 1);
    Instant expires =
        credential instanceof Credential.Sas(SasToken sas) ? sas.expiresAt().orElse(null) : null;
    return connection.withSecret(
        credential.authType(),
        vault.seal(credential.secret(), where),
        vault.fingerprint(connection.tenantId().toString(), credential.secret()),
        expires,
        clock.instant());
  }

  private static String accountOf(ConnectionRequest request, Credential credential) {
    String account = request.accountName();
    if (account == null) {
      account = namedAccount(credential);
    }
    if (account == null && request.blobEndpoint() != null) {
      account = BlobLocation.of(uri(request.blobEndpoint())).account();
    }
    new Validation()
        .check(
            account != null,
            "account_name",
            "REQUIRED",
            "account_name is required unless a whole SAS URL or connection string is given.")
        .check(
            account == null || account.matches("[a-z0-9]{3,24}"),
            "account_name",
            "INVALID",
            "account_name has 3 to 24 lower-case letters and digits.")
        .orThrow();
    return java.util.Objects.requireNonNull(account);
  }

  private static @Nullable String namedAccount(Credential credential) {
    return switch (credential) {
      case Credential.AccountKey key -> key.account();
      case Credential.Sas(SasToken sas) ->
          sas.endpoint() == null ? null : BlobLocation.of(uri(sas.endpoint())).account();
    };
  }

  private static void requireSameAccount(String account, Credential credential) {
    String named = namedAccount(credential);
    if (named != null && !named.equals(account)) {
      throw new ProblemException(
          ConnectionProblem.ACCOUNT_MISMATCH,
          "The credential is for the account " + named + ", not for " + account + ".");
    }
  }

  private String endpointOf(ConnectionRequest request, Credential credential, String account) {
    String given = request.blobEndpoint();
    if (given == null) {
      given =
          switch (credential) {
            case Credential.AccountKey key -> key.endpoint();
            case Credential.Sas(SasToken sas) -> sas.endpoint();
          };
    }
    String endpoint =
        given == null
            ? "https://" + account + ".blob.core.windows.net"
            : given.replaceFirst("/$", "");
    if (!settings.allows(uri(endpoint))) {
      throw new ProblemException(
          ConnectionProblem.ENDPOINT_NOT_ALLOWED,
          "The host of this blob endpoint is neither Azure's nor on the allow list.",
          Map.of("host", String.valueOf(uri(endpoint).getHost())));
    }
    return endpoint;
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
  private static List<String> containersOf(List<String> given, Credential credential) {
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

  private static ProblemException nameTaken(ConnectionRequest request) {
    return new ProblemException(
        GeneralProblem.NAME_TAKEN, "There is already a connection named " + request.name() + ".");
  }

  private static ProblemException stale(@Nullable Integer current) {
    return new ProblemException(
        GeneralProblem.STALE_VERSION,
        "The connection changed since you loaded it.",
        current == null ? Map.of() : Map.of("current", "\"" + current + "\""));
  }
}
