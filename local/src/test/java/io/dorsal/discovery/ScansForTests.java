package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.connections.ConnectionsForTests;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;

/** Scans as they are after somebody asked for them, without a store behind them. */
public final class ScansForTests {

  private ScansForTests() {}

  /** Somebody of a tenant of his own, who may do everything. */
  public static Caller someone() {
    return Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);
  }

  /** A scan in REQUESTED, of a source and a connection of its own. */
  public static Scan requested(ApplicationContext rooms, Caller caller) {
    var connection =
        rooms
            .getBean(JdbcAggregateTemplate.class)
            .insert(
                ConnectionsForTests.sealed(rooms, caller.tenantId(), "http://127.0.0.1/source"));
    var wanted = new SourceRequest(connection.id(), "archive", "photos", null, null, null, null);
    var source = rooms.getBean(RegisteredSources.class).register(caller, wanted).source();
    var request = new ScanRequest(source.id(), null, null, null, null, null, "FULL", null);
    return rooms.getBean(Scans.class).request(caller, request);
  }
}
