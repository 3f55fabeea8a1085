package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.Caller;
import io.dorsal.discovery.FormatRequest;
import io.dorsal.discovery.FormatSuggestion;
import io.dorsal.discovery.FormatSuggestions;
import io.dorsal.discovery.FormatSuggestions.Decision;
import io.dorsal.discovery.SpreadsheetFormat;
import io.dorsal.discovery.SpreadsheetFormats;
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
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Known spreadsheet formats, and suggestions of them, over HTTP. Thread-safe. */
@Component
public class FormatFunctions {

  private static final String LOCATION = "/api/v1/spreadsheet-formats/";
  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final StaleVersions stale;
  private final SpreadsheetFormats formats;
  private final FormatSuggestions suggestions;

  FormatFunctions(
      Endpoint endpoint,
      StaleVersions stale,
      SpreadsheetFormats formats,
      FormatSuggestions suggestions) {
    this.endpoint = endpoint;
    this.stale = stale;
    this.formats = formats;
    this.suggestions = suggestions;
  }

  /** 201 with the version as ETag. */
  @Described(
      status = 201,
      body = FormatRequest.class,
      answer = SpreadsheetFormat.class,
      tagged = true,
      problems = ErrorCode.NAME_TAKEN)
  @FunctionName("CreateSpreadsheetFormat")
  public HttpResponseMessage create(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "spreadsheet-formats")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "spreadsheet-formats",
        caller -> {
          var wanted = Requests.body(request, FormatRequest.class);
          SpreadsheetFormat made = formats.create(caller, wanted);
          return Reply.created(made, LOCATION + made.id()).withETag(made.version());
        });
  }

  /** The tenant's formats by name. */
  @Described(answer = SpreadsheetFormat.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListSpreadsheetFormats")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "spreadsheet-formats")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "spreadsheet-formats",
        caller -> {
          Query query = Query.of(request, "spreadsheet-formats").paged(MOST_ITEMS).check();
          var section = Sections.of(formats.list(caller), query, each -> each.id().toString());
          return Reply.ok(new PageAnswer<>(section.items(), section.nextCursor()));
        });
  }

  /** One format with its version as ETag. */
  @Described(answer = SpreadsheetFormat.class, tagged = true)
  @FunctionName("GetSpreadsheetFormat")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "spreadsheet-formats/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(request, "spreadsheet-formats/{id}", caller -> shown(caller, id));
  }

  /** Replaces the version named by If-Match. */
  @Described(
      body = FormatRequest.class,
      answer = SpreadsheetFormat.class,
      tagged = true,
      ifMatch = true,
      problems = ErrorCode.NAME_TAKEN)
  @FunctionName("ReplaceSpreadsheetFormat")
  public HttpResponseMessage replace(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PUT},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "spreadsheet-formats/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "spreadsheet-formats/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          var wanted = Requests.body(request, FormatRequest.class);
          return versioned(
              request,
              caller,
              id,
              each -> shown(formats.change(each, Requests.id(id), seen, wanted)));
        });
  }

  /** Forgets the version named by If-Match; 204. */
  @Described(status = 204, ifMatch = true)
  @FunctionName("DeleteSpreadsheetFormat")
  public HttpResponseMessage delete(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "spreadsheet-formats/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "spreadsheet-formats/{id}",
        caller -> {
          int seen = Headers.ifMatch(request);
          return versioned(
              request,
              caller,
              id,
              each -> {
                formats.delete(each, Requests.id(id), seen);
                return Reply.nothing();
              });
        });
  }

  /** Formats that spreadsheets of the scan fit, most files first. */
  @Described(answer = FormatSuggestion.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListFormatSuggestions")
  public HttpResponseMessage suggestions(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/format-suggestions")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/format-suggestions",
        caller -> {
          Query query = Query.of(request, "format-suggestions " + id).paged(MOST_ITEMS).check();
          var found = suggestions.list(caller, Requests.id(id));
          var section = Sections.of(found, query, each -> each.key().toString());
          return Reply.ok(new PageAnswer<>(section.items(), section.nextCursor()));
        });
  }

  /** Generated manifests begin with the format's mapping. 204. */
  @Described(status = 204)
  @FunctionName("AcceptFormatSuggestion")
  public HttpResponseMessage accept(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/format-suggestions/{key}/accept")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("key") String key) {
    return endpoint.answer(
        request,
        "scans/{id}/format-suggestions/{key}/accept",
        caller -> {
          suggestions.decide(caller, Requests.id(id), Requests.id(key), Decision.ACCEPTED);
          return Reply.nothing();
        });
  }

  /** The format is not suggested again for this source. 204. */
  @Described(status = 204)
  @FunctionName("DismissFormatSuggestion")
  public HttpResponseMessage dismiss(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/format-suggestions/{key}/dismiss")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("key") String key) {
    return endpoint.answer(
        request,
        "scans/{id}/format-suggestions/{key}/dismiss",
        caller -> {
          suggestions.decide(caller, Requests.id(id), Requests.id(key), Decision.DISMISSED);
          return Reply.nothing();
        });
  }

  private Reply versioned(
      HttpRequestMessage<?> request, Caller caller, String id, Function<Caller, Reply> work) {
    return stale.guard(request, caller, Requests.id(id), each -> shown(each, id), work);
  }

  private Reply shown(Caller caller, String id) {
    return shown(formats.get(caller, Requests.id(id)));
  }

  private static Reply shown(SpreadsheetFormat format) {
    return Reply.ok(format).withETag(format.version());
  }
}
