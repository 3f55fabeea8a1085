package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.discovery.FileProblem;
import io.dorsal.discovery.FileState;
import io.dorsal.discovery.FoundFile;
import io.dorsal.discovery.LogLine;
import io.dorsal.discovery.PatternList;
import io.dorsal.discovery.ScanResults;
import io.dorsal.discovery.ScanSummary;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.Note;
import io.dorsal.discovery.patterns.DetectedPattern;
import io.dorsal.discovery.patterns.PatternType;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Described.Param;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a scan found, over HTTP. Thread-safe. */
@Component
public class ScanResultFunctions {

  private static final int MOST_FILES = 500;

  private final Endpoint endpoint;
  private final ScanResults results;

  ScanResultFunctions(Endpoint endpoint, ScanResults results) {
    this.endpoint = endpoint;
    this.results = results;
  }

  /** Totals, classes, images, issues by code. */
  @Described(answer = ScanSummary.class)
  @FunctionName("GetScanSummary")
  public HttpResponseMessage summary(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/summary")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/summary",
        caller -> Reply.ok(results.summary(caller, Requests.id(id))));
  }

  /** Files by path; see {@link FileQuery} for what narrows. */
  @Described(
      answer = FoundFile.class,
      page = true,
      most = MOST_FILES,
      query = {
        @Param(name = "class", type = FileClass.class),
        @Param(name = "state", type = FileState.class),
        @Param(name = "has_gps", type = Boolean.class),
        @Param(name = "has_date", type = Boolean.class),
        @Param(name = "camera_key"),
        @Param(name = "from", type = LocalDateTime.class),
        @Param(name = "to", type = LocalDateTime.class),
        @Param(name = "path_prefix"),
        @Param(name = "q"),
        @Param(name = "note", type = Note.class)
      })
  @FunctionName("ListScanFiles")
  public HttpResponseMessage files(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/files")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/files",
        caller -> {
          Query query = Query.of(request, "files " + id).paged(MOST_FILES);
          var filter = FileQuery.filter(query);
          String after = query.check().after().orElse(null);
          var page = results.files(caller, Requests.id(id), filter, after, query.limit());
          return Reply.ok(new PageAnswer<>(page.items(), query.cursorTo(page.next())));
        });
  }

  /** Everything known about one file. */
  @Described(answer = FileAnswer.class)
  @FunctionName("GetScanFile")
  public HttpResponseMessage file(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/files/{file_id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("file_id") String fileId) {
    return endpoint.answer(
        request,
        "scans/{id}/files/{file_id}",
        caller ->
            Reply.ok(FileAnswer.of(results.file(caller, Requests.id(id), Requests.id(fileId)))));
  }

  /** Files with a code or note; {@code code} narrows. */
  @Described(
      answer = FileProblem.class,
      page = true,
      most = MOST_FILES,
      query = @Param(name = "code"))
  @FunctionName("ListScanIssues")
  public HttpResponseMessage issues(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/issues")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/issues",
        caller -> {
          Query query = Query.of(request, "issues " + id).paged(MOST_FILES);
          String code = query.text("code");
          String after = query.check().after().orElse(null);
          var page = results.issues(caller, Requests.id(id), code, after, query.limit());
          return Reply.ok(new PageAnswer<>(page.items(), query.cursorTo(page.next())));
        });
  }

  /** What folders and files are named after; {@code type} and {@code min_confidence} narrow. */
  @Described(
      answer = PatternList.class,
      query = {
        @Param(name = "type", type = PatternType.class),
        @Param(name = "min_confidence", type = Double.class)
      })
  @FunctionName("ListScanPatterns")
  public HttpResponseMessage patterns(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/patterns")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/patterns",
        caller -> {
          Query query = Query.of(request, "patterns " + id);
          var type = query.constant("type", PatternType.class);
          Double least = query.fraction("min_confidence");
          query.check();
          return Reply.ok(
              results.patterns(
                  caller, Requests.id(id), type, least == null ? DetectedPattern.SHOWN : least));
        });
  }

  /** The children of the folder {@code path}; {@code class} narrows. */
  @Described(
      answer = FolderAnswer.class,
      most = MOST_FILES,
      query = {@Param(name = "path"), @Param(name = "class", type = FileClass.class)})
  @FunctionName("GetScanTree")
  public HttpResponseMessage tree(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/tree")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/tree",
        caller -> {
          Query query = Query.of(request, "tree " + id).paged(MOST_FILES);
          String path = Objects.requireNonNullElse(query.text("path"), "");
          var only = query.constant("class", FileClass.class);
          String after = query.check().after().orElse(null);
          var folder = results.tree(caller, Requests.id(id), path, only, after, query.limit());
          return Reply.ok(FolderAnswer.of(folder, query.cursorTo(folder.next())));
        });
  }

  /** Progress and states, line by line. */
  @Described(answer = LogLine.class, page = true, most = MOST_FILES)
  @FunctionName("ListScanLog")
  public HttpResponseMessage log(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "scans/{id}/log")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "scans/{id}/log",
        caller -> {
          Query query = Query.of(request, "log " + id).paged(MOST_FILES);
          String after = query.check().after().orElse(null);
          var page = results.log(caller, Requests.id(id), after, query.limit());
          return Reply.ok(new PageAnswer<>(page.items(), query.cursorTo(page.next())));
        });
  }
}
