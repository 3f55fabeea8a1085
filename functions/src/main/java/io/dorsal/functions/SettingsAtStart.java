package io.dorsal.functions;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import io.dorsal.StartSettings;
import java.util.Optional;

/**
 * Looks at the settings before the first call: the Java worker makes every {@link Middleware} with
 * the first function that it loads. Where a setting is missing or wrong the worker's process ends
 * with 78, and one line on stderr, which the host logs, names the setting. Of calls it only hands
 * them on. Thread-safe.
 */
public final class SettingsAtStart implements Middleware {

  private static final String LOGGING = "logback.configurationFile";

  /** Ends the process where a setting is missing or wrong. */
  public SettingsAtStart() {
    // Until Spring Boot takes over nobody else tells the log how to write.
    System.setProperty(LOGGING, "io/dorsal/operations/logging.xml");
    Optional<String> fault =
        StartSettings.fault(System.getenv(), StartSettings.required(System.getenv()));
    System.clearProperty(LOGGING);
    if (fault.isPresent()) {
      System.err.println("Dorsal functions: " + fault.get());
      System.exit(StartSettings.EXIT_CODE);
    }
  }

  @Override
  public void invoke(MiddlewareContext context, MiddlewareChain chain) throws Exception {
    chain.doNext(context);
  }
}
