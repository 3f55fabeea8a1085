package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.problem.FieldError;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class CloudEventTests {

  private static final String GOOD =
      """
      {"specversion": "1.0", "id": "42", "source": "//upload.example/cron",
       "type": "dorsal.scan.requested", "time": "2026-11-21T00:00:00Z", "comexampleextension": 1,
       "datacontenttype": "application/json; charset=utf-8",
       "data": {"tenant_id": "00000000-0000-0000-0000-000000000001",
                "source_id": "00000000-0000-0000-0000-000000000002", "prefix": "2026/",
                "include": ["**/*.jpg"], "mode": "FULL", "reinspect": true}}
      """;

  @Test
  void anEventSaysWhatIsWanted() {
    CloudEvent event = parse(GOOD);
    assertThat(event.identity()).isEqualTo("//upload.example/cron\n42");
    assertThat(event.data(ImportRequests.Wanted.class))
        .isEqualTo(
            new ImportRequests.Wanted(
                new UUID(0, 1),
                new UUID(0, 2),
                "2026/",
                List.of("**/*.jpg"),
                null,
                null,
                "FULL",
                true));
  }

  @Test
  void unknownMembersOfTheDataAreRefusedWithTheirPlace() {
    CloudEvent event = parse(GOOD.replace("\"mode\"", "\"Mode\""));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> event.data(ImportRequests.Wanted.class))
        .satisfies(e -> assertThat(pointers(e)).containsExactly("/data/Mode"));
  }

  @Test
  void whatTheSpecificationRequiresIsRequired() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                parse(
                    "{\"specversion\": \"0.3\", \"id\": \"\", \"type\": \"dorsal.other\","
                        + " \"datacontenttype\": \"text/xml\"}"))
        .satisfies(
            e ->
                assertThat(pointers(e))
                    .containsExactlyInAnyOrder(
                        "/specversion", "/id", "/source", "/type", "/datacontenttype", "/data"));
  }

  @Test
  void whatIsNotJsonIsMalformed() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> parse("<event/>"))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(GeneralProblem.MALFORMED_REQUEST));
  }

  private static CloudEvent parse(String message) {
    return CloudEvent.parse(message, ImportRequests.SCAN_REQUESTED);
  }

  private static List<String> pointers(ProblemException refusal) {
    assertThat(refusal.problem()).isEqualTo(GeneralProblem.VALIDATION_FAILED);
    return assertThat(refusal.details().get("fields"))
        .asInstanceOf(InstanceOfAssertFactories.list(FieldError.class))
        .actual()
        .stream()
        .map(FieldError::pointer)
        .toList();
  }
}
