package io.dorsal.functions.connections;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.connections.ConnectionRequest;
import io.dorsal.connections.ConnectionTrials;
import io.dorsal.connections.Doctor;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.functions.http.Sections;
import io.dorsal.problem.ErrorCode;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Checks of connections over HTTP. Thread-safe. */
@Component
public class DoctorFunctions {

  private static final int MOST_ITEMS = 200;

  private final Endpoint endpoint;
  private final ConnectionTrials trials;
  private final Doctor doctor;

  DoctorFunctions(Endpoint endpoint, ConnectionTrials trials, Doctor doctor) {
    this.endpoint = endpoint;
    this.trials = trials;
    this.doctor = doctor;
  }

  /** Checks what would become a connection; stores nothing. */
  @Described(
      body = ConnectionRequest.class,
      answer = DoctorAnswer.class,
      problems = {
        ErrorCode.SAS_MALFORMED,
        ErrorCode.KEY_MALFORMED,
        ErrorCode.ACCOUNT_MISMATCH,
        ErrorCode.ENDPOINT_NOT_ALLOWED,
        ErrorCode.AUTH_TYPE_UNAVAILABLE
      })
  @FunctionName("TryConnection")
  public HttpResponseMessage tryOut(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/doctor")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "connections/doctor",
        caller ->
            Reply.ok(
                DoctorAnswer.of(
                    trials.tryOut(caller, Requests.body(request, ConnectionRequest.class)))));
  }

  /** Checks a connection now, within 30 s. */
  @Described(answer = DoctorAnswer.class)
  @FunctionName("CheckConnection")
  public HttpResponseMessage check(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}/doctor")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "connections/{id}/doctor",
        caller -> Reply.ok(DoctorAnswer.of(doctor.check(caller, Requests.id(id)))));
  }

  /** The last reports of a connection, the newest first. */
  @Described(answer = DoctorAnswer.class, page = true, most = MOST_ITEMS)
  @FunctionName("ListDoctorReports")
  public HttpResponseMessage reports(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "connections/{id}/doctor-reports")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return endpoint.answer(
        request,
        "connections/{id}/doctor-reports",
        caller -> {
          Query query = Query.of(request, "doctor-reports/" + id).paged(MOST_ITEMS).check();
          var section =
              Sections.of(
                  doctor.reports(caller, Requests.id(id)), query, each -> each.id().toString());
          return Reply.ok(section.map(DoctorAnswer::of));
        });
  }
}
