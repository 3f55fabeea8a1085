package io.dorsal.functions.operations;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import io.dorsal.operations.Notice;
import io.dorsal.operations.Notices;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What Dorsal tells the caller. Thread-safe. */
@Component
public class NoticeFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final Notices notices;

  NoticeFunctions(Endpoint endpoint, Notices notices) {
    this.endpoint = endpoint;
    this.notices = notices;
  }

  /** The caller's open notices, newest first. */
  @Described(answer = Notice.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListNotices")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "notices")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "notices",
        caller -> {
          Query query = Query.of(request, "notices").paged(MOST_ITEMS).check();
          return Reply.ok(Sections.of(notices.open(caller), query, each -> each.id().toString()));
        });
  }

  /** 204; a notice stays in the list once it is read. */
  @Described(status = 204)
  @FunctionName("ReadNotice")
  public HttpResponseMessage read(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "notices/{id}/read")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "notices/{id}/read",
        caller -> {
          notices.read(caller, Requests.id(id));
          return Reply.nothing();
        });
  }
}
