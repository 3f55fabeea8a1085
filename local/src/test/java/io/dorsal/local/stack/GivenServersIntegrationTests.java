package io.dorsal.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.ServersForTests;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.DemoScan;
import io.dorsal.local.demo.LedgerComparison;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.process.SupervisedProcess;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A stack on a database and a blob store that somebody else started, as containers are. */
@ExtendWith(ServersForTests.class)
class GivenServersIntegrationTests {

  @Test
  void scansOnServersItDidNotStartAndLeavesThemRunning(
      ServersForTests.Postgres postgres, ServersForTests.Storage storage, @TempDir Path directory)
      throws Exception {
    GivenServers.Database database = postgres.fresh();
    var servers = new GivenServers(database, storage.port(), storage.accounts());
    var options = StackOptions.in(StackDirectory.home(), directory).withServers(servers);
    try (LocalStack stack = LocalStack.start(options, step -> {})) {
      assertThat(stack.processes())
          .extracting(SupervisedProcess::name)
          .containsExactly("servicebus", "functions", "worker-1");
      var archive =
          WrittenArchive.write(
              stack.containers(),
              "given",
              "",
              DemoArchive.plan(3, 200),
              stack.directory().ledgers(),
              done -> {});
      String token = stack.token("given", "TENANT_ADMIN");
      var scan = DemoScan.run(stack.api(), token, archive, (state, listed, done, all) -> {});
      assertThat(scan.state()).isEqualTo("COMPLETED");
      var ledger = LedgerComparison.of(Path.of(archive.ledger()), stack.jdbcUrl(), scan.source());
      assertThat(ledger.agrees()).as("%s", ledger).isTrue();
    }
    try (var connection =
        DriverManager.getConnection(database.jdbcUrl(), "dorsal_app", database.roles().app())) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(storage.containers().client("source", "given").exists()).isTrue();
  }
}
