package io.dorsal.functions.connections;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionRequest;
import io.dorsal.connections.Connections;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Storage connections over HTTP. Thread-safe. */
@Component
public class ConnectionFunctions {

  private static final String LOCATION = "/api/v1/connections/";
  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final Connections connections;

  ConnectionFunctions(Endpoint endpoint, Connections connections) {
    this.endpoint = endpoint;
    this.connections = connections;
  }

  /** What replaces a secret; write-only. */
  record NewSecret(@Nullable String secret) {
    @Override
    public String toString() {
      return "NewSecret[***]";
    }
  }

  /** 201, also where the first check of the credential failed; its status says so. */
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
          Connection made = connections.create(caller, wanted);
          return Reply.created(ConnectionAnswer.of(made), LOCATION + made.id())
              .withETag(version(made));
        });
  }

  /** The tenant's connections by name. */
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
          Query query = Query.of(request, "connections").paged(MOST_ITEMS).check();
          var section = Sections.of(connections.list(caller), query, each -> each.id().toString());
          return Reply.ok(
              new PageAnswer<>(
                  section.items().stream().map(ConnectionAnswer::of).toList(),
                  section.nextCursor()));
        });
  }

  /** One connection with its version as ETag. */
  @FunctionName("GetConnection")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "connections/{id}",
        caller -> {
          Connection found = connections.get(caller, Requests.id(id));
          return Reply.ok(ConnectionAnswer.of(found)).withETag(version(found));
        });
  }

  /** Replaces the secret of the version named by If-Match; paused scans go on when it works. */
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
          Connection saved = connections.replaceSecret(caller, Requests.id(id), seen, secret);
          return Reply.ok(ConnectionAnswer.of(saved)).withETag(version(saved));
        });
  }

  private static int version(Connection saved) {
    return Objects.requireNonNull(saved.version());
  }
}
