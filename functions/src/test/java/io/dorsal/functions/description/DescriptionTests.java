package io.dorsal.functions.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Permissions;
import io.dorsal.functions.http.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description names all that is served, and says of each function what its code does. */
class DescriptionTests {

  private static final List<JavaClass> CLASSES =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("io.dorsal.functions")
              .stream()
              .toList();

  private static final JsonNode DOCUMENT =
      JsonMapper.shared()
          .valueToTree(Description.of(CLASSES.stream().<Class<?>>map(JavaClass::reflect).toList()));

  @Test
  void everyRowIsAnOperation() {
    var described = new TreeSet<String>();
    DOCUMENT
        .path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.forEachEntry(
                    (method, operation) ->
                        described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Permissions.all().stream().map(row -> row.method() + " /" + row.route()).toList());
  }

  /** What is called says what is needed: nobody can add a header or a body and not describe it. */
  @Test
  void aFunctionTakesWhatItSays() {
    List<String> wrong = new ArrayList<>();
    functions()
        .forEach(
            function -> {
              Described said = function.reflect().getAnnotation(Described.class);
              boolean body = calls(function, Requests.class, "body");
              boolean ifMatch = calls(function, Headers.class, "ifMatch");
              boolean key = calls(function, Headers.class, "idempotencyKey");
              if (body != (said.body() != void.class)
                  || ifMatch != said.ifMatch()
                  || key != said.onceOnly()
                  || (body && !mentions(function, said.body()))) {
                wrong.add(function.getFullName());
              }
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void itTellsHowOneIsRefused() {
    JsonNode responses = DOCUMENT.at("/paths/~1connections~1{id}/patch/responses");
    assertThat(responses.propertyNames())
        .contains(
            "200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429");
    assertThat(responses.at("/412/description").asString()).contains("`STALE_VERSION`");
  }

  @Test
  void membersSayWhetherTheyMayBeNull() {
    JsonNode scan = DOCUMENT.at("/components/schemas/Scan/properties");
    assertThat(scan.at("/id")).hasToString("{\"type\":\"string\",\"format\":\"uuid\"}");
    assertThat(scan.at("/started_at/type").toString()).isEqualTo("[\"string\",\"null\"]");
    assertThat(scan.at("/state/enum").toString()).contains("PAUSED_AUTH");
    assertThat(DOCUMENT.at("/components/schemas/File/properties").propertyNames())
        .contains("class", "path", "content_md5");
  }

  private static Stream<JavaMethod> functions() {
    return CLASSES.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(Described.class))
        .filter(method -> method.isAnnotatedWith(FunctionName.class));
  }

  private static boolean calls(JavaMethod function, Class<?> owner, String name) {
    return function.getMethodCallsFromSelf().stream()
        .anyMatch(
            call ->
                call.getTargetOwner().isEquivalentTo(owner)
                    && call.getTarget().getName().equals(name));
  }

  private static boolean mentions(JavaMethod function, Class<?> type) {
    return function.getReferencedClassObjects().stream()
        .anyMatch(reference -> reference.getRawType().isEquivalentTo(type));
  }
}
