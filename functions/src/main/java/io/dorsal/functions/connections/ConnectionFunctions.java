package io.dorsal.functions.connections;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionChange;
import io.dorsal.connections.ConnectionChanges;
import io.dorsal.connections.ConnectionContainers;
import io.dorsal.connections.ConnectionFilter;
import io.dorsal.connections.ConnectionKind;
import io.dorsal.connections.ConnectionRequest;
import io.dorsal.connections.ConnectionStatus;
import io.dorsal.connections.Connections;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Described.Param;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Storage connections over HTTP. Thread-safe. */
@Component
public class ConnectionFunctions {

  private static final String LOCATION = "/api/v1/connections/";
  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final StaleVersions stale;
  private final Connections connections;
  private final ConnectionChanges changes;
  private final ConnectionContainers containers;

  ConnectionFunctions(
      Endpoint endpoint,
      StaleVersions stale,
      Connections connections,
      ConnectionChanges changes,
      ConnectionContainers containers) {
    this.endpoint = endpoint;
    this.stale = stale;
    this.connections = connections;
    this.changes = changes;
    this.containers = containers;
  }

  /** What replaces a secret; write-only. */
  record NewSecret(@Nullable String secret) {
    @Override
    public String toString() {
      return "NewSecret[***]";
    }
  }

  /** 201, also where the first check of the credential failed; its status says so. */
  @Described(
      status = 201,
      body = ConnectionRequest.class,
      answer = ConnectionAnswer.class,
      tagged = true,
      problems = {
        ErrorCode.SAS_MALFORMED,
        ErrorCode.KEY_MALFORMED,
        ErrorCode.ACCOUNT_MISMATCH,
        ErrorCode.ENDPOINT_NOT_ALLOWED,
        ErrorCode.AUTH_TYPE_UNAVAILABLE,
        ErrorCode.NAME_TAKEN
      })
  @FunctionName("CreateConnection")
  public HttpResponseMessage create(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "connections",
        caller -> {
          var wanted = Requests.body(request, ConnectionRequest.class);
          Connection made = changes.create(caller, wanted);
          return Reply.created(ConnectionAnswer.of(made), LOCATION + made.id())
              .withETag(version(made));
        });
  }

  /** The tenant's connections by name. */
  @Described(
      answer = ConnectionAnswer.class,
      page = true,
      most = MOST_ITEMS,
      query = {
        @Param(name = "kind", type = ConnectionKind.class),
        @Param(name = "status", type = ConnectionStatus.class),
        @Param(name = "expires_before", type = Instant.class)
      })
  @FunctionName("ListConnections")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "connections",
        caller -> {
          Query query = Query.of(request, "connections").paged(MOST_ITEMS);
          var filter =
              new ConnectionFilter(
                  query.constant("kind", ConnectionKind.class),
                  query.constant("status", ConnectionStatus.class),
                  query.instant("expires_before"));
          query.check();
          var found = connections.list(caller, filter);
          var section = Sections.of(found, query, each -> each.id().toString());
          return Reply.ok(section.map(ConnectionAnswer::of));
        });
  }

  /** One connection with its version as ETag. */
  @Described(answer = ConnectionAnswer.class, tagged = true)
  @FunctionName("GetConnection")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(request, "connections/{id}", caller -> shown(caller, id));
  }

  /** Replaces the secret of the version named by If-Match; paused scans go on when it works. */
  @Described(
      body = NewSecret.class,
      answer = ConnectionAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {
        ErrorCode.SAS_MALFORMED,
        ErrorCode.KEY_MALFORMED,
        ErrorCode.ACCOUNT_MISMATCH,
        ErrorCode.ENDPOINT_NOT_ALLOWED,
        ErrorCode.AUTH_TYPE_UNAVAILABLE
      })
  @FunctionName("ReplaceSecret")
  public HttpResponseMessage replaceSecret(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PUT},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}/secret")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "connections/{id}/secret",
        caller -> {
          int seen = Headers.ifMatch(request);
          String secret = Requests.body(request, NewSecret.class).secret();
          return versioned(
              request,
              caller,
              id,
              each -> shown(changes.replaceSecret(each, Requests.id(id), seen, secret)));
        });
  }

  /** Changes what is not secret; null members and absent ones stay as they are. */
  @Described(
      body = ConnectionChange.class,
      answer = ConnectionAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {
        ErrorCode.SAS_MALFORMED,
        ErrorCode.KEY_MALFORMED,
        ErrorCode.ACCOUNT_MISMATCH,
        ErrorCode.ENDPOINT_NOT_ALLOWED,
        ErrorCode.AUTH_TYPE_UNAVAILABLE,
        ErrorCode.NAME_TAKEN,
        ErrorCode.CONNECTION_IN_USE
      })
  @FunctionName("ChangeConnection")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "connections/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          var change = Requests.body(request, ConnectionChange.class);
          return versioned(
              request,
              caller,
              id,
              each -> shown(changes.change(each, Requests.id(id), seen, change)));
        });
  }

  /** 204; the secret cannot be read again, and what was scanned stays readable. */
  @Described(status = 204, ifMatch = true, problems = ErrorCode.CONNECTION_IN_USE)
  @FunctionName("DeleteConnection")
  public HttpResponseMessage delete(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "connections/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          return versioned(
              request,
              caller,
              id,
              each -> {
                changes.delete(each, Requests.id(id), seen);
                return Reply.nothing();
              });
        });
  }

  /** One container of the account. */
  record ContainerAnswer(String name) {}

  /** The containers as the storage account lists them now. */
  @Described(
      answer = ContainerAnswer.class,
      page = true,
      most = MOST_ITEMS,
      problems = {
        ErrorCode.CONTAINER_LIST_NOT_ALLOWED,
        ErrorCode.CONNECTION_BROKEN,
        ErrorCode.UPSTREAM_ERROR
      })
  @FunctionName("ListConnectionContainers")
  public HttpResponseMessage containers(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}/containers")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "connections/{id}/containers",
        caller -> {
          String list = "connections/" + id + "/containers";
          Query query = Query.of(request, list).paged(MOST_ITEMS).check();
          var section = Sections.of(containers.of(caller, Requests.id(id)), query, name -> name);
          return Reply.ok(section.map(ContainerAnswer::new));
        });
  }

  private Reply versioned(
      HttpRequestMessage<?> request, Caller caller, String id, Function<Caller, Reply> work) {
    return stale.guard(request, caller, Requests.id(id), each -> shown(each, id), work);
  }

  private Reply shown(Caller caller, String id) {
    return shown(connections.get(caller, Requests.id(id)));
  }

  private static Reply shown(Connection connection) {
    return Reply.ok(ConnectionAnswer.of(connection)).withETag(version(connection));
  }

  private static int version(Connection saved) {
    return Objects.requireNonNull(saved.version());
  }
}
