package io.dorsal.functions.apikeys;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.apikeys.ApiKey;
import io.dorsal.apikeys.ApiKeys;
import io.dorsal.apikeys.KeyChange;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import io.dorsal.functions.http.ShownOnce;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** API keys over HTTP. Thread-safe. */
@Component
public class ApiKeyFunctions {

  private static final int MOST_ITEMS = 200;

  private static final ShownOnce.Kind KEY = new ShownOnce.Kind("/api/v1/api-keys/", "key");

  private final Endpoint endpoint;
  private final ApiKeys keys;
  private final ShownOnce once;
  private final StaleVersions stale;
  private final Clock clock;

  ApiKeyFunctions(
      Endpoint endpoint, ApiKeys keys, ShownOnce once, StaleVersions stale, Clock clock) {
    this.endpoint = endpoint;
    this.stale = stale;
    this.keys = keys;
    this.once = once;
    this.clock = clock;
  }

  /** 201 with the key, which is shown this once. */
  @Described(
      status = 201,
      body = KeyWanted.class,
      answer = MadeAnswer.class,
      tagged = true,
      onceOnly = true,
      problems = {ErrorCode.PERMISSION_DENIED, ErrorCode.STATE_CONFLICT})
  @FunctionName("CreateApiKey")
  public HttpResponseMessage create(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "api-keys")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "api-keys",
        caller -> {
          var wanted = Requests.body(request, KeyWanted.class).read();
          return once.reply(
              KEY,
              caller,
              Headers.idempotencyKey(request),
              request,
              "create",
              () -> made(keys.create(caller, wanted)));
        });
  }

  /** The caller's keys, all of the tenant's for an administrator; the newest first. */
  @Described(answer = KeyAnswer.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListApiKeys")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "api-keys")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "api-keys",
        caller -> {
          Query query = Query.of(request, "api-keys").paged(MOST_ITEMS).check();
          var section = Sections.of(keys.list(caller), query, each -> each.id().toString());
          Instant now = clock.instant();
          return Reply.ok(section.map(key -> KeyAnswer.of(key, now)));
        });
  }

  /** One key with its version as ETag. */
  @Described(answer = KeyAnswer.class, tagged = true)
  @FunctionName("GetApiKey")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "api-keys/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request, "api-keys/{id}", caller -> shown(keys.get(caller, Requests.id(id))));
  }

  /** Changes name, scopes or addresses of the version named by If-Match. */
  @Described(
      body = KeyChange.class,
      answer = KeyAnswer.class,
      tagged = true,
      ifMatch = true,
      problems = {ErrorCode.STATE_CONFLICT})
  @FunctionName("ChangeApiKey")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "api-keys/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "api-keys/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          UUID key = Requests.id(id);
          var change = Requests.body(request, KeyChange.class);
          return stale.guard(
              request,
              caller,
              key,
              each -> shown(keys.get(each, key)),
              each -> shown(keys.change(each, key, seen, change)));
        });
  }

  /** 204; the key opens nothing from now on. */
  @Described(status = 204)
  @FunctionName("RevokeApiKey")
  public HttpResponseMessage revoke(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "api-keys/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "api-keys/{id}",
        caller -> {
          keys.revoke(caller, Requests.id(id));
          return Reply.nothing();
        });
  }

  /** 201 with a new key, which is shown this once; the old one opens for the overlap yet. */
  @Described(
      status = 201,
      body = Rotation.class,
      answer = MadeAnswer.class,
      tagged = true,
      onceOnly = true,
      problems = {ErrorCode.PERMISSION_DENIED, ErrorCode.STATE_CONFLICT})
  @FunctionName("RotateApiKey")
  public HttpResponseMessage rotate(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "api-keys/{id}/rotate")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "api-keys/{id}/rotate",
        caller -> {
          UUID key = Requests.id(id);
          boolean bare = request.getBody().orElse("").isBlank();
          Integer overlap = bare ? null : Requests.body(request, Rotation.class).hours();
          return once.reply(
              KEY,
              caller,
              Headers.idempotencyKey(request),
              request,
              "rotate/" + key,
              () -> made(keys.rotate(caller, key, overlap)));
        });
  }

  private ShownOnce.Made made(ApiKeys.Made made) {
    var answer = new MadeAnswer(KeyAnswer.of(made.key(), clock.instant()), null);
    return new ShownOnce.Made(answer, made.text());
  }

  private Reply shown(ApiKey key) {
    return Reply.ok(KeyAnswer.of(key, clock.instant())).withETag(key.version());
  }
}
