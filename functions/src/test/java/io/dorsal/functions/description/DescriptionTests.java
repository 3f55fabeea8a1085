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
import io.dorsal.functions.http.Query;
import io.dorsal.functions.http.Requests;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;

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

  /** Jackson's own view of the records, with getters and annotations that we might overlook. */
  @Test
  void answersHaveTheMembersThatAreDescribed() {
    var schemas = new Schemas();
    functions()
        .map(function -> function.reflect().getAnnotation(Described.class).answer())
        .filter(Class::isRecord)
        .forEach(schemas::answered);
    assertThat(schemas.named()).hasSizeGreaterThan(40);
    schemas
        .named()
        .forEach(
            (name, type) -> {
              JsonNode schema = JsonMapper.shared().valueToTree(schemas.components().get(name));
              assertThat(schema.path("properties").propertyNames())
                  .as(name)
                  .containsExactlyInAnyOrderElementsOf(written(type));
            });
  }

  private static Set<String> written(Class<?> type) {
    Set<String> names = new TreeSet<>();
    JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build()
        .acceptJsonFormatVisitor(
            type,
            new JsonFormatVisitorWrapper.Base() {
              @Override
              public JsonObjectFormatVisitor expectObjectFormat(JavaType object) {
                return new JsonObjectFormatVisitor.Base(getContext()) {
                  @Override
                  public void property(BeanProperty property) {
                    names.add(property.getName());
                  }

                  @Override
                  public void optionalProperty(BeanProperty property) {
                    names.add(property.getName());
                  }
                };
              }
            });
    return names;
  }

  /** Room by room: nobody can read a parameter and not describe it. */
  @Test
  void whatIsReadFromAQueryIsDescribed() throws IOException {
    Map<String, Set<String>> read = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      if (!type.getPackageName().equals(Query.class.getPackageName())) {
        read.computeIfAbsent(type.getPackageName(), room -> new TreeSet<>())
            .addAll(parametersOf(type));
      }
    }
    Map<String, Set<String>> said = new TreeMap<>();
    read.keySet().forEach(room -> said.put(room, new TreeSet<>()));
    functions()
        .forEach(
            function -> {
              for (var each : function.reflect().getAnnotation(Described.class).query()) {
                said.computeIfAbsent(function.getOwner().getPackageName(), room -> new TreeSet<>())
                    .add(each.name());
              }
            });
    assertThat(read).isEqualTo(said);
  }

  /** The text before each call of a method of {@link Query} that reads a parameter by its name. */
  private static Set<String> parametersOf(JavaClass type) throws IOException {
    Set<String> names = new TreeSet<>();
    try (var bytes =
        Objects.requireNonNull(type.reflect().getResourceAsStream(file(type)), type.getName())) {
      for (MethodModel method : ClassFile.of().parse(bytes.readAllBytes()).methods()) {
        String text = "";
        for (CodeElement each : method.code().stream().flatMap(CodeModel::elementStream).toList()) {
          if (each instanceof ConstantInstruction constant
              && constant.constantValue() instanceof String found) {
            text = found;
          } else if (each instanceof InvokeInstruction call
              && call.owner().asInternalName().endsWith("functions/http/Query")
              && call.typeSymbol().parameterCount() > 0
              && call.typeSymbol().parameterType(0).displayName().equals("String")
              && !List.of("cursorTo").contains(call.name().stringValue())) {
            names.add(text);
          }
        }
      }
    }
    return names;
  }

  private static String file(JavaClass type) {
    return type.getName().substring(type.getPackageName().length() + 1) + ".class";
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
    assertThat(scan.at("/id/format").asString()).isEqualTo("uuid");
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
