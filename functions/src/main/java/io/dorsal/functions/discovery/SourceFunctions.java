package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.discovery.RegisteredSources;
import io.dorsal.discovery.SourceChange;
import io.dorsal.discovery.SourceRequest;
import io.dorsal.discovery.SourceView;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import io.dorsal.functions.http.StaleVersions;
import io.dorsal.problem.ErrorCode;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Sources over HTTP. Thread-safe. */
@Component
public class SourceFunctions {

  private static final String LOCATION = "/api/v1/sources/";
  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final StaleVersions stale;
  private final RegisteredSources sources;

  SourceFunctions(Endpoint endpoint, StaleVersions stale, RegisteredSources sources) {
    this.endpoint = endpoint;
    this.stale = stale;
    this.sources = sources;
  }

  /** 201, with a warning where another source holds some of the same files. */
  @Described(
      status = 201,
      body = SourceRequest.class,
      answer = SourceAnswer.class,
      tagged = true,
      problems = {ErrorCode.SOURCE_EXISTS, ErrorCode.NOT_FOUND, ErrorCode.CONNECTION_BROKEN})
  @FunctionName("RegisterSource")
  public HttpResponseMessage register(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "sources",
        caller -> {
          var made = sources.register(caller, Requests.body(request, SourceRequest.class));
          var view = sources.get(caller, made.source().id());
          var answer = SourceAnswer.of(view, made.overlapping(), made.overlaps());
          return Reply.created(answer, LOCATION + answer.id()).withETag(version(view));
        });
  }

  /** The sources that the caller may read, by name. */
  @Described(answer = SourceAnswer.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListSources")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "sources",
        caller -> {
          Query query = Query.of(request, "sources").paged(MOST_ITEMS).check();
          var section = Sections.of(sources.list(caller), query, each -> each.id().toString());
          return Reply.ok(
              new PageAnswer<>(
                  sources.views(section.items()).stream().map(SourceAnswer::of).toList(),
                  section.nextCursor()));
        });
  }

  /** One source. */
  @Described(answer = SourceAnswer.class, tagged = true)
  @FunctionName("GetSource")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(request, "sources/{id}", caller -> shown(caller, id));
  }

  /** Name, zone, habit, population, and whether it takes part; needs {@code If-Match}. */
  @Described(body = SourceChange.class, answer = SourceAnswer.class, tagged = true, ifMatch = true)
  @FunctionName("ChangeSource")
  public HttpResponseMessage change(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PATCH},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "sources/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          var wanted = Requests.body(request, SourceChange.class);
          return versioned(
              request,
              caller,
              id,
              each -> {
                sources.change(each, Requests.id(id), seen, wanted);
                return shown(each, id);
              });
        });
  }

  /** 204; forgets the source, not its scans, and touches no file. Needs {@code If-Match}. */
  @Described(status = 204, ifMatch = true, problems = ErrorCode.SCAN_ALREADY_RUNNING)
  @FunctionName("RemoveSource")
  public HttpResponseMessage remove(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "sources/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          return versioned(
              request,
              caller,
              id,
              each -> {
                sources.remove(each, Requests.id(id), seen);
                return Reply.nothing();
              });
        });
  }

  private Reply versioned(
      HttpRequestMessage<?> request, Caller caller, String id, Function<Caller, Reply> work) {
    return stale.guard(request, caller, Requests.id(id), each -> shown(each, id), work);
  }

  private Reply shown(Caller caller, String id) {
    var view = sources.get(caller, Requests.id(id));
    return Reply.ok(SourceAnswer.of(view)).withETag(version(view));
  }

  private static int version(SourceView view) {
    return Objects.requireNonNull(view.source().version());
  }
}
