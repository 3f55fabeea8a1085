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
import io.dorsal.functions.http.Sections;
import io.dorsal.problem.ErrorCode;
import io.dorsal.work.DeadLetter;
import io.dorsal.work.DeadLetters;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Messages that were given up. Thread-safe. */
@Component
public class DeadLetterFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final DeadLetters letters;

  DeadLetterFunctions(Endpoint endpoint, DeadLetters letters) {
    this.endpoint = endpoint;
    this.letters = letters;
  }

  /** By queue, oldest first. */
  @Described(
      answer = DeadLetter.class,
      page = true,
      most = MOST_ITEMS,
      query = @Described.Param(name = "queue"),
      problems = ErrorCode.NOT_FOUND)
  @FunctionName("ListDeadLetters")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/dead-letters")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/dead-letters",
        caller -> {
          Query query = Query.of(request, "dead-letters").paged(MOST_ITEMS);
          String queue = query.text("queue");
          query.check();
          return Reply.ok(
              Sections.of(
                  letters.list(caller, queue), query, each -> each.queue() + "/" + each.id()));
        });
  }

  /** 204: the message is in its queue again. */
  @Described(status = 204)
  @FunctionName("ResendDeadLetter")
  public HttpResponseMessage resend(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/dead-letters/{queue}/{id}/resend")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("queue") String queue,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/dead-letters/{queue}/{id}/resend",
        caller -> {
          letters.resend(caller, queue, id);
          return Reply.nothing();
        });
  }

  /** 204: the message is gone. */
  @Described(status = 204)
  @FunctionName("DropDeadLetter")
  public HttpResponseMessage drop(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/dead-letters/{queue}/{id}/drop")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("queue") String queue,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "admin/dead-letters/{queue}/{id}/drop",
        caller -> {
          letters.drop(caller, queue, id);
          return Reply.nothing();
        });
  }
}
