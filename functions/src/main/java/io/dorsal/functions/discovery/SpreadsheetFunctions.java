package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.discovery.ScanResults;
import io.dorsal.discovery.SpreadsheetFile;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The spreadsheets a scan found, over HTTP. Thread-safe. */
@Component
public class SpreadsheetFunctions {

  private static final int MOST_FILES = 200;

  private final Endpoint endpoint;
  private final ScanResults results;

  SpreadsheetFunctions(Endpoint endpoint, ScanResults results) {
    this.endpoint = endpoint;
    this.results = results;
  }

  /** Spreadsheets by path, with their sheets, columns and the formats that fit. */
  @Described(answer = SpreadsheetFile.class, page = true, most = MOST_FILES)
  @FunctionName("ListScanSpreadsheets")
  public HttpResponseMessage spreadsheets(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/spreadsheets")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/spreadsheets",
        caller -> {
          Query query = Query.of(request, "spreadsheets " + id).paged(MOST_FILES);
          String after = query.check().after().orElse(null);
          var page = results.spreadsheets(caller, Requests.id(id), after, query.limit());
          return Reply.ok(new PageAnswer<>(page.items(), query.cursorTo(page.next())));
        });
  }
}
