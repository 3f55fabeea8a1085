package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Role;
import io.dorsal.discovery.RegisteredSources;
import io.dorsal.discovery.SourceRequest;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sources over HTTP. Thread-safe. */
@Component
public class SourceFunctions {

  private static final String LOCATION = "/api/v1/sources/";
  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final RegisteredSources sources;

  SourceFunctions(Endpoint endpoint, RegisteredSources sources) {
    this.endpoint = endpoint;
    this.sources = sources;
  }

  /** 201, with a warning where another source holds some of the same files. */
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
          var answer = SourceAnswer.of(made.source(), made.overlaps());
          return Reply.created(answer, LOCATION + answer.id());
        });
  }

  /** The tenant's sources by name. */
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
                  section.items().stream().map(each -> SourceAnswer.of(each, List.of())).toList(),
                  section.nextCursor()));
        });
  }

  /** One source. */
  @FunctionName("GetSource")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "sources/{id}",
        caller -> {
          var found = sources.get(caller, Requests.id(id));
          caller.require(Role.PROFESSIONAL, "Reading sources");
          return Reply.ok(SourceAnswer.of(found, List.of()));
        });
  }
}
