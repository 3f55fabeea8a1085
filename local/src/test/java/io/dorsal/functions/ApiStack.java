package io.dorsal.functions;

import io.dorsal.local.ServersForTests;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.process.FileTrees;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One stack with one worker for all tests of the API in this run, ended with the run. Each test
 * uses a tenant of its own. Whatever is answered is held against the API's description.
 */
public final class ApiStack implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What takes minutes as shipped and seconds here. */
  public static final Map<String, String> SHORTENED =
      Map.of(
          "DORSAL_EVENTS_QUIET", "8s",
          "DORSAL_EVENTS_APART", "15s",
          "DORSAL_EDGE_HEARTBEAT", "2s");

  private final Path directory;
  private final LocalStack stack;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Supplier<ApiContract> contract = SingletonSupplier.of(this::description);

  private ApiStack(UnaryOperator<StackOptions> options) throws IOException, InterruptedException {
    directory = Files.createTempDirectory("dorsal-api");
    stack = LocalStack.start(options.apply(ServersForTests.stack(directory)), step -> {});
  }

  /** A stack of a test's own, which it closes. */
  public static ApiStack own(UnaryOperator<StackOptions> options)
      throws IOException, InterruptedException {
    return new ApiStack(options);
  }

  /** Gives tests the stack as a parameter. */
  public static final class Started implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ApiStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(ApiStack.class, type -> start(), ApiStack.class);
    }

    private static ApiStack start() {
      try {
        return new ApiStack(options -> options.withEdge().withSettings(SHORTENED));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What a call brought; the body is missing where it is empty. */
  public record Answer(int status, Map<String, String> headers, JsonNode body, String text) {
    /** A member by JSON pointer, as text; empty where it is null or absent. */
    public String at(String pointer) {
      return body.at(pointer).asString("");
    }

    /** The entity tag; empty where there is none. */
    public String tag() {
      return headers.getOrDefault("etag", "");
    }
  }

  public LocalStack stack() {
    return stack;
  }

  /** The description of the API, as it gives it. */
  public ApiContract contract() {
    return contract.get();
  }

  private ApiContract description() {
    var request = HttpRequest.newBuilder(URI.create(stack.api() + "/api/v1/openapi.json")).build();
    try {
      String text = http.send(request, BodyHandlers.ofString()).body();
      return new ApiContract(JsonMapper.shared().readTree(text));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Calls the API.
   *
   * @param token null for none
   * @param body JSON text; null for none
   * @param headers names and values in turn
   */
  public Answer call(
      String method,
      String path,
      @Nullable String token,
      @Nullable String body,
      String... headers) {
    return callAt(stack.api(), method, path, token, body, headers);
  }

  /** The same of another functions host than the stack's. */
  public Answer callAt(
      String host,
      String method,
      String path,
      @Nullable String token,
      @Nullable String body,
      String... headers) {
    var request = HttpRequest.newBuilder(URI.create(host + "/api/v1" + path));
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      Map<String, String> received = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      answer.headers().map().forEach((name, values) -> received.put(name, values.getFirst()));
      String text = answer.body();
      String type = received.get("Content-Type");
      contract().check(method, path, answer.statusCode(), type, text);
      JsonNode json =
          type != null && type.contains("json")
              ? JsonMapper.shared().readTree(text)
              : JsonMapper.shared().missingNode();
      return new Answer(answer.statusCode(), received, json, text);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  public Answer get(String path, String token) {
    return call("GET", path, token, null);
  }

  public Answer post(String path, String token, @Nullable String body) {
    return call("POST", path, token, body, "Idempotency-Key", UUID.randomUUID().toString());
  }

  /** A fresh tenant's name. */
  public static String tenant() {
    return "tenant-" + UUID.randomUUID();
  }

  public String token(String tenant, String role) {
    return stack.token(tenant, role);
  }

  /** A generated archive in a container of its own. */
  public WrittenArchive archive(int files) {
    String container = "c" + UUID.randomUUID().toString().replace("-", "");
    try {
      return WrittenArchive.write(
          stack.containers(),
          container,
          "",
          DemoArchive.plan(7, files),
          directory.resolve("ledgers"),
          done -> {});
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The body that connects an archive. */
  public static String connecting(String name, WrittenArchive archive, String secret) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "name",
                name,
                "kind",
                "AZURE_BLOB",
                "account_name",
                archive.account_name(),
                "blob_endpoint",
                archive.blob_endpoint(),
                "auth_type",
                "SAS_TOKEN",
                "secret",
                secret,
                "containers",
                List.of(archive.container())));
  }

  /** Connects an archive and registers it; returns the source's id. */
  public String source(String token, WrittenArchive archive) {
    String connection =
        post("/connections", token, connecting("C", archive, archive.sas())).at("/id");
    String body =
        "{\"connection_id\":\"%s\",\"name\":\"S\",\"container\":\"%s\"}"
            .formatted(connection, archive.container());
    return post("/sources", token, body).at("/id");
  }

  /** Waits until the scan is in this state. */
  public Answer awaitScan(String token, String scan, String state) {
    return await(
        "scan " + scan + " is " + state,
        () -> {
          Answer now = get("/scans/" + scan, token);
          return now.at("/state").equals(state) ? now : null;
        });
  }

  /** Asks until there is an answer; at most a minute and a half. */
  public <T> T await(String what, Callable<@Nullable T> question) {
    long end = System.nanoTime() + PATIENCE.plusSeconds(30).toNanos();
    try {
      while (System.nanoTime() < end) {
        T answer = question.call();
        if (answer != null) {
          return answer;
        }
        Thread.sleep(200);
      }
    } catch (Exception e) {
      throw new IllegalStateException(what, e);
    }
    throw new AssertionError("Not in time: " + what);
  }

  /** Rows of a query in the schema dorsal, their columns as text joined by {@code |}. */
  public List<String> rows(String query) {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("set search_path = dorsal");
      if (!statement.execute(query)) {
        return List.of();
      }
      List<String> rows = new ArrayList<>();
      try (ResultSet result = statement.getResultSet()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            row.add(String.valueOf(result.getString(i)));
          }
          rows.add(String.join("|", row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
    stack.close();
    FileTrees.delete(directory);
  }
}
