package io.dorsal.local.host;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The host's hand inside the app's Spring context: a JVM cannot change its own environment, so the
 * settings are laid over it here; and the context is closed by the host after the last call, not by
 * a shutdown hook in the midst of one. Defined by {@link AppClassLoader} in the app's name space.
 */
public final class SpringHooks
    implements EnvironmentPostProcessor,
        ApplicationContextInitializer<ConfigurableApplicationContext>,
        Ordered {

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (getClass().getClassLoader() instanceof AppDoor door) {
      Map<String, Object> settings = Map.copyOf(door.settings());
      Map<String, Object> noHooks =
          Map.of(
              "spring.main.register-shutdown-hook", "false",
              "logging.register-shutdown-hook", "false");
      var sources = environment.getPropertySources();
      String before = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
      // The name's end makes Spring Boot read DORSAL_A_B as dorsal.a.b.
      sources.addBefore(
          before, new SystemEnvironmentPropertySource("functionsHost-systemEnvironment", settings));
      sources.addFirst(new MapPropertySource("functionsHost", noHooks));
    }
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    if (getClass().getClassLoader() instanceof AppDoor door) {
      door.onClose(context);
    }
  }
}
