package io.dorsal.local.host;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import java.util.ServiceLoader;

/** What Azure's Java worker does of an app before any call: it makes its middleware. */
final class JavaWorkerStart {

  private JavaWorkerStart() {}

  /** Ends with 0 where the app lets it. */
  public static void main(String[] arguments) {
    ServiceLoader.load(Middleware.class).forEach(each -> {});
  }
}
