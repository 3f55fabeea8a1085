package io.dorsal.local.host;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A packaged functions directory, loaded: {@code host.json}, the functions, their class loader and
 * the one injector that hands out their instances. Thread-safe.
 */
final class PackagedApp implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PackagedApp.class);

  private final HostConfiguration configuration;
  private final AppClassLoader loader;
  private final List<LoadedFunction> functions;

  private PackagedApp(
      HostConfiguration configuration, AppClassLoader loader, List<LoadedFunction> functions) {
    this.configuration = configuration;
    this.loader = loader;
    this.functions = List.copyOf(functions);
  }

  /**
   * Loads a packaged directory.
   *
   * @throws IllegalStateException if the directory is no packaged app or one of its functions
   *     cannot be offered; the message names the function and the reason
   */
  static PackagedApp load(Path directory, HostSettings settings) throws IOException {
    Path hostJson = directory.resolve("host.json");
    if (!Files.isRegularFile(hostJson)) {
      throw new IllegalStateException(directory + " is no packaged functions app: no host.json");
    }
    List<FunctionDescription> descriptions = descriptions(directory, settings);
    AppClassLoader loader =
        new AppClassLoader("functions-app", jars(directory, descriptions), settings.all());
    try {
      FunctionInstanceInjector injector = injector(loader);
      List<LoadedFunction> functions = new ArrayList<>();
      for (FunctionDescription description : descriptions) {
        functions.add(LoadedFunction.load(description, loader, injector));
      }
      return new PackagedApp(HostConfiguration.read(hostJson), loader, functions);
    } catch (RuntimeException e) {
      loader.close();
      throw e;
    }
  }

  HostConfiguration configuration() {
    return configuration;
  }

  List<LoadedFunction> functions() {
    return functions;
  }

  private static List<FunctionDescription> descriptions(Path directory, HostSettings settings)
      throws IOException {
    List<FunctionDescription> found = new ArrayList<>();
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : children.sorted().toList()) {
        Path functionJson = child.resolve("function.json");
        if (Files.isRegularFile(functionJson)) {
          if (settings.disables(child.getFileName().toString())
              || FunctionDescription.disabled(functionJson)) {
            log.info("Function {} is disabled", child.getFileName());
          } else {
            found.add(FunctionDescription.read(functionJson, settings));
          }
        }
      }
    }
    return found;
  }

  /** The functions' own jars first, as the worker adds them, then everything in lib/. */
  private static List<Path> jars(Path directory, List<FunctionDescription> descriptions)
      throws IOException {
    Set<Path> jars = new LinkedHashSet<>();
    for (FunctionDescription description : descriptions) {
      if (!Files.isRegularFile(description.jar())) {
        throw new IllegalStateException(description.name() + ": no file " + description.jar());
      }
      jars.add(description.jar());
    }
    Path lib = directory.resolve("lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> files = Files.list(lib)) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return List.copyOf(jars);
  }

  private static FunctionInstanceInjector injector(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      List<FunctionInstanceInjector> found =
          ServiceLoader.load(FunctionInstanceInjector.class, loader).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
      if (found.size() > 1) {
        throw new IllegalStateException("The app has more than one FunctionInstanceInjector");
      }
      return found.isEmpty() ? new NewInstances() : found.getFirst();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Closes the app's Spring context, where it has one; its classes stay. */
  void closeContext() {
    loader.closeResources();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** What the worker does for an app without an injector. */
  private static final class NewInstances implements FunctionInstanceInjector {
    @Override
    public <T> T getInstance(Class<T> type) throws Exception {
      return type.getDeclaredConstructor().newInstance();
    }
  }
}
