package io.dorsal.bench;

import io.dorsal.bench.figures.Part;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.local.api.Api;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A stack for one bench, with a tenant of its own. Not thread-safe. */
final class BenchStack implements AutoCloseable {

  private static final String TENANT = "bench";

  private final LocalStack stack;
  private final Api api;
  private int connections;

  private BenchStack(LocalStack stack) {
    this.stack = stack;
    // Asks for a token once: eight hours are enough.
    String token = stack.token(TENANT, "TENANT_ADMIN");
    this.api = new Api(stack.api(), () -> token, 3);
  }

  /** Starts one. */
  static BenchStack start(StackOptions options) throws IOException, InterruptedException {
    return new BenchStack(LocalStack.start(options, line -> System.err.println(line)));
  }

  LocalStack stack() {
    return stack;
  }

  Api api() {
    return api;
  }

  /** JDBC URL of the database with the user that owns it, and its password. */
  String migratorsUrl() {
    var database = stack.database();
    return database.jdbcUrl() + "?user=dorsal_migrate&password=" + database.roles().migrate();
  }

  static UUID tenant() {
    return TokenRequest.tenantId(TENANT);
  }

  /** The id of a new connection to a store, to whose sources nothing is known yet. */
  String connect(BlobStore store) throws InterruptedException {
    return api.post(
            "/connections",
            Map.of(
                "name",
                "Bench " + ++connections,
                "kind",
                "AZURE_BLOB",
                "account_name",
                store.account(),
                "blob_endpoint",
                store.endpoint(),
                "auth_type",
                "SAS_TOKEN",
                "secret",
                store.sas(),
                "containers",
                List.of(store.container())))
        .id();
  }

  /** The id of a new source, the whole container behind a new connection. */
  String source(BlobStore store) throws InterruptedException {
    return api.post(
            "/sources",
            Map.of(
                "connection_id",
                connect(store),
                "name",
                "photos",
                "container",
                store.container(),
                "prefix",
                ""))
        .id();
  }

  /** Workers, functions, Service Bus and PostgreSQL, and those of the store. */
  List<Part> parts(BlobStore store) {
    List<Part> parts = new ArrayList<>();
    parts.add(part("worker", "worker-"));
    parts.add(part("functions", "functions"));
    parts.add(part("servicebus", "servicebus"));
    parts.add(postgres());
    parts.addAll(store.parts());
    return parts;
  }

  Part postgres() {
    return part("postgres", "postgres");
  }

  Part part(String name, String prefix) {
    return new Part(
        name,
        stack.processes().stream()
            .filter(process -> process.name().startsWith(prefix))
            .map(SupervisedProcess::pid)
            .flatMap(pid -> pid.stream().boxed())
            .toList());
  }

  @Override
  public void close() throws IOException {
    api.close();
    stack.close();
  }
}
