package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The connections of a tenant. Thread-safe. */
@Component
public class Connections {

  private final ConnectionRows rows;

  Connections(ConnectionRows rows) {
    this.rows = rows;
  }

  /**
   * @throws ProblemException NOT_FOUND, also for another tenant's id, whatever the role;
   *     PERMISSION_DENIED
   */
  public Connection get(Caller caller, UUID id) {
    Connection found =
        rows.findByIdAndTenantIdAndDeletedAtIsNull(id, caller.tenantId())
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.NOT_FOUND, "There is no connection with this id."));
    caller.require(PopulationRole.ADMINISTRATOR, "Reading connections");
    return found;
  }

  /** The connections of the caller's tenant, by name. */
  public List<Connection> list(Caller caller, ConnectionFilter filter) {
    caller.require(PopulationRole.ADMINISTRATOR, "Reading connections");
    return rows.findByTenantIdAndDeletedAtIsNullOrderByNameKeyAscIdAsc(caller.tenantId()).stream()
        .filter(filter::takes)
        .toList();
  }

  /**
   * A connection for work that was asked for earlier by somebody allowed to. One that was deleted
   * is found, too, and is not {@link Connection#scannable}.
   */
  public Connection forWork(UUID tenantId, UUID id) {
    return rows.findByIdAndTenantId(id, tenantId).orElseThrow();
  }

  /**
   * The same for work that begins: until this transaction ends nobody deletes or changes it. Needs
   * a transaction.
   */
  public Connection forNewWork(UUID tenantId, UUID id) {
    return rows.readByIdAndTenantId(id, tenantId).orElseThrow();
  }
}
