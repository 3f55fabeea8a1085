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
import io.dorsal.work.RunningJob;
import io.dorsal.work.RunningJobs;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What workers are at. Thread-safe. */
@Component
public class JobFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final RunningJobs jobs;

  JobFunctions(Endpoint endpoint, RunningJobs jobs) {
    this.endpoint = endpoint;
    this.jobs = jobs;
  }

  /** What runs, where, since when and how far. */
  @Described(answer = RunningJob.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListJobs")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/jobs")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/jobs",
        caller -> {
          Query query = Query.of(request, "jobs").paged(MOST_ITEMS).check();
          return Reply.ok(Sections.of(jobs.list(caller), query, RunningJob::id));
        });
  }

  /** One of them with the tries it took. */
  @Described(answer = RunningJob.History.class)
  @FunctionName("GetJob")
  public HttpResponseMessage get(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/jobs/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(request, "admin/jobs/{id}", caller -> Reply.ok(jobs.get(caller, id)));
  }
}
