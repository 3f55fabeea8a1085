package io.dorsal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Looks at the settings before anything starts: a wrong one is a line that names it, not a stack
 * trace, and never a half-started process.
 */
public final class StartSettings {

  /** EX_CONFIG of sysexits.h: something in the configuration is wrong. */
  public static final int EXIT_CODE = 78;

  private static final List<String> REQUIRED =
      List.of(
          "DORSAL_DATABASE_URL",
          "DORSAL_DATABASE_PASSWORD",
          "DORSAL_MAINT_DATABASE_PASSWORD",
          "DORSAL_SERVICEBUS_CONNECTION",
          "DORSAL_OIDC_URL");

  private StartSettings() {}

  /**
   * What functions, workers and the edge cannot be without in this environment. Where secrets are
   * sealed and opened outside of the local profile, their key lies on no host's own disk.
   */
  public static List<String> required(Map<String, String> environment) {
    boolean azure = environment.getOrDefault("DORSAL_PROFILE", "azure").equals("azure");
    return Stream.concat(
            REQUIRED.stream(), azure ? Stream.of("DORSAL_KEY_VAULT_KEY") : Stream.empty())
        .toList();
  }

  /**
   * The first fault in one line, which names the setting and never its value; empty when all is
   * well.
   *
   * @param environment variables by name
   * @param required must be there and not blank
   * @param packages with settings records besides the rooms' own
   */
  public static Optional<String> fault(
      Map<String, String> environment, List<String> required, String... packages) {
    for (String name : required) {
      if (environment.getOrDefault(name, "").isBlank()) {
        return Optional.of(name + " is not set.");
      }
    }
    Binder binder = binder(environment);
    return Stream.concat(Stream.of(rooms()), Stream.of(packages))
        .flatMap(StartSettings::records)
        .flatMap(record -> fault(binder, record).stream())
        .findFirst();
  }

  private static String[] rooms() {
    return Objects.requireNonNull(
            SharedModel.class.getAnnotation(ConfigurationPropertiesScan.class))
        .value();
  }

  private static Stream<Class<?>> records(String inPackage) {
    var scan = new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    return scan.findCandidateComponents(inPackage).stream()
        .map(found -> String.valueOf(found.getBeanClassName()))
        .sorted()
        .map(name -> ClassUtils.resolveClassName(name, StartSettings.class.getClassLoader()));
  }

  private static Binder binder(Map<String, String> environment) {
    var sources = new MutablePropertySources();
    // Spring Boot reads DORSAL_A_B as dorsal.a.b or dorsal.a-b in a source of this name only.
    sources.addFirst(
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(environment)));
    return new Binder(
        ConfigurationPropertySources.from(sources),
        null,
        ApplicationConversionService.getSharedInstance());
  }

  private static Optional<String> fault(Binder binder, Class<?> record) {
    var prefix =
        Objects.requireNonNull(record.getAnnotation(ConfigurationProperties.class)).value();
    try {
      binder.bindOrCreate(prefix, Bindable.of(record));
      return Optional.empty();
    } catch (BindException e) {
      return Optional.of(Objects.requireNonNullElseGet(said(e), () -> unreadable(e)));
    }
  }

  /** What the record itself says of its values. */
  private static @Nullable String said(BindException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && message.startsWith("DORSAL_")) {
        return message;
      }
    }
    return null;
  }

  /** The conversion's own message repeats the value, which may be a secret. */
  private static String unreadable(BindException failure) {
    String name = failure.getName().toString().replace('.', '_').replace('-', '_');
    return name.toUpperCase(Locale.ROOT) + " has a value that cannot be read.";
  }
}
