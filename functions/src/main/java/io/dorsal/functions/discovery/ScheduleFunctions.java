package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.discovery.ScheduleRequest;
import io.dorsal.discovery.ScheduleRun;
import io.dorsal.discovery.Schedules;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.PageAnswer;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The schedule of a source over HTTP. Thread-safe. */
@Component
public class ScheduleFunctions {

  private static final int MOST_RUNS = 200;

  private final Endpoint endpoint;
  private final Schedules schedules;

  ScheduleFunctions(Endpoint endpoint, Schedules schedules) {
    this.endpoint = endpoint;
    this.schedules = schedules;
  }

  /** Sets or replaces the schedule. */
  @Described(
      body = ScheduleRequest.class,
      answer = ScheduleAnswer.class,
      problems = ErrorCode.SCHEDULE_TOO_FREQUENT)
  @FunctionName("SetSchedule")
  public HttpResponseMessage setSchedule(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.PUT},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}/schedule")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "sources/{id}/schedule",
        caller -> {
          var wanted = Requests.body(request, ScheduleRequest.class);
          var set = schedules.set(caller, Requests.id(id), wanted);
          return Reply.ok(ScheduleAnswer.of(set));
        });
  }

  /** 404 where the source has none. */
  @Described(answer = ScheduleAnswer.class)
  @FunctionName("GetSchedule")
  public HttpResponseMessage getSchedule(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}/schedule")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "sources/{id}/schedule",
        caller -> {
          return Reply.ok(ScheduleAnswer.of(schedules.get(caller, Requests.id(id))));
        });
  }

  /** 204; what its fires came to stays readable. */
  @Described(status = 204)
  @FunctionName("RemoveSchedule")
  public HttpResponseMessage removeSchedule(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.DELETE},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}/schedule")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "sources/{id}/schedule",
        caller -> {
          schedules.remove(caller, Requests.id(id));
          return Reply.nothing();
        });
  }

  /** What came of each fire, the newest first. */
  @Described(answer = ScheduleRun.class, page = true, most = MOST_RUNS)
  @FunctionName("ListScheduleRuns")
  public HttpResponseMessage listScheduleRuns(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sources/{id}/schedule-runs")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "sources/{id}/schedule-runs",
        caller -> {
          Query query = Query.of(request, "runs " + id).paged(MOST_RUNS).check();
          var before = query.after().map(Requests::id).orElse(null);
          var page = schedules.runs(caller, Requests.id(id), before, query.limit());
          return Reply.ok(new PageAnswer<>(page.items(), query.cursorTo(page.next())));
        });
  }
}
