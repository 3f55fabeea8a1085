package io.dorsal.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dorsal.functions.http.Permissions;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;

/** What the Java worker and the Spring adapter take for granted and would only fail on in Azure. */
class FunctionClassesTests {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dorsal.functions");

  private static final List<JavaMethod> FUNCTIONS =
      CLASSES.stream()
          .flatMap(type -> type.getMethods().stream())
          .filter(method -> method.isAnnotatedWith(FunctionName.class))
          .toList();

  @Test
  void thereAreFunctions() {
    assertThat(FUNCTIONS).isNotEmpty();
  }

  /** The adapter closes the context all functions share when one handler class is no bean. */
  @Test
  void everyClassWithAFunctionIsABean() {
    assertThat(FUNCTIONS)
        .extracting(JavaMethod::getOwner)
        .allMatch(FunctionClassesTests::isComponent, "is a Spring component");
  }

  @Test
  void functionNamesAreUnique() {
    assertThat(FUNCTIONS)
        .extracting(
            method ->
                method.getAnnotationOfType(FunctionName.class).value().toLowerCase(Locale.ROOT))
        .doesNotHaveDuplicates();
  }

  /** The worker finds a function's method by its name alone. */
  @Test
  void aFunctionsMethodIsPublicAndNotOverloaded() {
    assertThat(FUNCTIONS)
        .map(JavaMethod::reflect)
        .allSatisfy(
            method ->
                assertThat(method.getDeclaringClass().getMethods())
                    .filteredOn(Method::getName, method.getName())
                    .containsExactly(method));
  }

  @Test
  void httpTriggersAreAnonymousToAzure() {
    Stream<HttpTrigger> triggers =
        FUNCTIONS.stream()
            .flatMap(method -> Arrays.stream(method.reflect().getParameters()))
            .map((Parameter parameter) -> parameter.getAnnotation(HttpTrigger.class))
            .filter(HttpTrigger.class::isInstance);
    assertThat(triggers)
        .isNotEmpty()
        .allSatisfy(trigger -> assertThat(trigger.authLevel()).hasToString("ANONYMOUS"));
  }

  /**
   * Who may call it, what its token must be good for, and how it counts, is decided in one place.
   */
  @Test
  void everyRouteHasARowAndEveryRowARoute() {
    assertThat(
            FUNCTIONS.stream()
                .flatMap(method -> Arrays.stream(method.reflect().getParameters()))
                .map((Parameter parameter) -> parameter.getAnnotation(HttpTrigger.class))
                .filter(HttpTrigger.class::isInstance)
                .flatMap(
                    trigger ->
                        Arrays.stream(trigger.methods())
                            .map(method -> method + " " + trigger.route())))
        .containsExactlyInAnyOrderElementsOf(
            Permissions.all().stream()
                .filter(row -> !row.edge())
                .map(row -> row.method() + " " + row.route())
                .toList());
  }

  @Test
  void exactlyOneInjectorIsOnTheClassPath() {
    assertThat(ServiceLoader.load(FunctionInstanceInjector.class)).hasSize(1);
  }

  /** Where it is not made at the start, wrong settings are found by the first caller. */
  @Test
  void theWorkerLooksAtTheSettingsAsItLoadsTheApp() {
    assertThat(ServiceLoader.load(Middleware.class).stream().map(ServiceLoader.Provider::type))
        .containsExactly(SettingsAtStart.class);
  }

  /** The worker brings its own, and which of two is taken is chance. */
  @Test
  void gsonIsNotOnTheClassPath() {
    assertThat(getClass().getClassLoader().getResource("com/google/gson/Gson.class")).isNull();
  }

  private static boolean isComponent(JavaClass type) {
    return type.isAnnotatedWith(Component.class) || type.isMetaAnnotatedWith(Component.class);
  }
}
