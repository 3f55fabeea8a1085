package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.Notices;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
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

/**
 * Making, changing and deleting connections. Thread-safe; storage is tried outside of any
 * transaction.
 */
@Component
public class ConnectionChanges {

  private final Connections connections;
  private final ConnectionRows rows;
  private final ConnectionStates states;
  private final ConnectionSecrets secrets;
  private final Doctor doctor;
  private final ConnectionSettings settings;
  private final List<ConnectionUse> uses;
  private final Notices notices;
  private final ApplicationEventPublisher events;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ConnectionChanges(
      Connections connections,
      ConnectionRows rows,
      ConnectionStates states,
      ConnectionSecrets secrets,
      Doctor doctor,
      ConnectionSettings settings,
      List<ConnectionUse> uses,
      Notices notices,
      ApplicationEventPublisher events,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.connections = connections;
    this.rows = rows;
    this.states = states;
    this.secrets = secrets;
    this.doctor = doctor;
    this.settings = settings;
    this.uses = uses;
    this.notices = notices;
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
    caller.require(TenantRole.TENANT_ADMIN, "Creating a connection");
    WantedConnection wanted = WantedConnection.of(request, settings);
    requireFreeName(caller.tenantId(), wanted.name());
    Connection blank = wanted.blank(caller, clock.instant());
    Connection made = secrets.sealed(blank, wanted.credential(), clock.instant());
    return kept(null, doctor.examined(made, wanted.credential()), caller);
  }

  /**
   * Replaces the secret and checks it; paused scans of this connection go on when it passes.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException NOT_FOUND, STALE_VERSION, or what is wrong with the credential's text
   */
  public Connection replaceSecret(
      Caller caller, UUID id, int expectedVersion, @Nullable String secret) {
    caller.require(TenantRole.TENANT_ADMIN, "Replacing a secret");
    Connection known = seen(caller, id, expectedVersion);
    var validation = new Validation();
    if (known.authType() == AuthType.MANAGED_IDENTITY) {
      validation.check(false, "secret", "NOT_ALLOWED", ConnectionRules.NO_SECRET);
    }
    ConnectionRules.requireSecret(validation, known.authType(), secret).orThrow();
    Credential credential = WantedConnection.credential(known.authType(), secret);
    WantedConnection.requireSameAccount(known.accountName(), credential);
    WantedConnection.containersOf(known.containers(), credential);
    Connection replaced = secrets.sealed(known, credential, clock.instant());
    Doctor.Examined checked = doctor.examined(replaced, credential);
    return transaction.execute(
        status -> {
          notices.clear(caller.tenantId(), ExpiryWatch.NOTICE, id);
          return repaired(known, checked, caller);
        });
  }

  /**
   * Changes what is not secret; what it points at is checked anew.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException NOT_FOUND, STALE_VERSION, VALIDATION_FAILED, NAME_TAKEN,
   *     ACCOUNT_MISMATCH, CONNECTION_IN_USE where the account of a used connection would change
   */
  public Connection change(Caller caller, UUID id, int expectedVersion, ConnectionChange change) {
    caller.require(TenantRole.TENANT_ADMIN, "Changing a connection");
    Connection known = seen(caller, id, expectedVersion);
    validate(change);
    Connection changed = known;
    if (change.name() != null) {
      changed = changed.renamed(change.name().strip(), clock.instant());
      if (!changed.nameKey().equals(known.nameKey())) {
        requireFreeName(caller.tenantId(), changed.name());
      }
    }
    Connection pointed = pointed(changed, change);
    if (Boolean.TRUE.equals(change.disabled())) {
      return saved(known, pointed.disabled(clock.instant()), caller);
    }
    boolean enabled =
        Boolean.FALSE.equals(change.disabled()) && known.status() == ConnectionStatus.DISABLED;
    Connection result = enabled ? pointed.enabled(clock.instant()) : pointed;
    if (!enabled && pointed.equals(changed)) {
      return saved(known, result, caller);
    }
    return repaired(known, doctor.examined(result, secrets.opened(result)), caller);
  }

  private static void validate(ConnectionChange change) {
    var validation = new Validation();
    if (change.name() != null) {
      ConnectionRules.requireName(validation, change.name());
    }
    if (change.containers() != null) {
      ConnectionRules.requireContainers(validation, change.containers());
    }
    validation.orThrow();
    if (change.accountName() != null) {
      ConnectionRules.requireAccount(change.accountName());
    }
  }

  /** The same object where neither the account nor the containers change. */
  private Connection pointed(Connection known, ConnectionChange change) {
    String account = change.accountName() == null ? known.accountName() : change.accountName();
    List<String> containers =
        change.containers() == null ? known.containers() : change.containers();
    boolean moved = !account.equals(known.accountName());
    if (!moved && containers.equals(known.containers())) {
      return known;
    }
    Credential credential = secrets.opened(known);
    if (moved) {
      requireUnused(known);
      WantedConnection.requireSameAccount(account, credential);
    }
    return known.pointedAt(
        account,
        moved ? WantedConnection.defaultEndpoint(account) : known.blobEndpoint(),
        WantedConnection.containersOf(containers, credential),
        clock.instant());
  }

  private void requireUnused(Connection known) {
    var use = use(known);
    if (use.sources() > 0 || use.active()) {
      throw inUse("The account of a connection with sources cannot change.", use);
    }
  }

  /**
   * Deletes the connection, its secret and the key that opens it; what was scanned stays readable.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException NOT_FOUND, STALE_VERSION, CONNECTION_IN_USE while a scan or run is
   *     active
   */
  public void delete(Caller caller, UUID id, int expectedVersion) {
    caller.require(TenantRole.TENANT_ADMIN, "Deleting a connection");
    Connection known = seen(caller, id, expectedVersion);
    transaction.executeWithoutResult(
        status -> {
          // First the row, so that no scan can begin between the question and the answer.
          Connection deleted = saved(known, known.deleted(clock.instant()), caller);
          notices.clear(caller.tenantId(), ExpiryWatch.NOTICE, id);
          var use = use(deleted);
          if (use.active()) {
            throw inUse("Scans or sync runs work with this connection.", use);
          }
        });
    secrets.forget(known);
  }

  private ConnectionUse.Uses use(Connection connection) {
    return uses.stream()
        .map(each -> each.of(connection.tenantId(), connection.id()))
        .reduce(ConnectionUse.Uses.NONE, ConnectionUse.Uses::and);
  }

  private Connection seen(Caller caller, UUID id, int expectedVersion) {
    Connection known = connections.get(caller, id);
    if (!Integer.valueOf(expectedVersion).equals(known.version())) {
      throw stale();
    }
    return known;
  }

  private Connection saved(@Nullable Connection before, Connection after, Caller caller) {
    try {
      return transaction.execute(status -> states.saved(before, after, caller.actor()));
    } catch (DuplicateKeyException e) {
      throw nameTaken(after.name());
    } catch (OptimisticLockingFailureException e) {
      throw stale();
    }
  }

  /** The connection and the report on it, together. */
  private Connection kept(@Nullable Connection before, Doctor.Examined examined, Caller caller) {
    return transaction.execute(
        status -> {
          doctor.keep(examined);
          return saved(before, examined.connection(), caller);
        });
  }

  private Connection repaired(Connection before, Doctor.Examined examined, Caller caller) {
    return transaction.execute(
        status -> {
          Connection saved = kept(before, examined, caller);
          if (saved.passed()) {
            events.publishEvent(new ConnectionRepaired(saved.id(), saved.tenantId()));
          }
          return saved;
        });
  }

  private void requireFreeName(UUID tenantId, String name) {
    if (rows.existsByTenantIdAndNameKeyAndDeletedAtIsNull(tenantId, Connection.nameKey(name))) {
      throw nameTaken(name);
    }
  }

  private static ProblemException inUse(String detail, ConnectionUse.Uses use) {
    return new ProblemException(
        ConnectionProblem.CONNECTION_IN_USE,
        detail,
        Map.of("scans", use.scans(), "runs", use.runs()));
  }

  private static ProblemException nameTaken(String name) {
    return new ProblemException(
        GeneralProblem.NAME_TAKEN, "There is already a connection named " + name + ".");
  }

  private static ProblemException stale() {
    return new ProblemException(
        GeneralProblem.STALE_VERSION, "The connection changed since you loaded it.");
  }
}
