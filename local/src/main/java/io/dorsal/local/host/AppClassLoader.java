package io.dorsal.local.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app's own world: its jars above the JDK, nothing of the host's class path but the functions
 * API, which both sides must share. Thread-safe; closing it first closes the app's Spring context.
 */
final class AppClassLoader extends URLClassLoader implements AppDoor {

  private static final Logger log = LoggerFactory.getLogger(AppClassLoader.class);
  private static final String API = "com.microsoft.azure.functions.";
  private static final String HOOKS = "io.dorsal.local.host.SpringHooks";
  private static final String FACTORIES = "META-INF/spring.factories";
  private static final String FACTORIES_TEXT =
      "org.springframework.boot.EnvironmentPostProcessor="
          + HOOKS
          + "\norg.springframework.context.ApplicationContextInitializer="
          + HOOKS
          + "\n";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, String> settings;
  private final ConcurrentLinkedDeque<AutoCloseable> resources = new ConcurrentLinkedDeque<>();

  AppClassLoader(String name, List<Path> jars, Map<String, String> settings) {
    super(
        name, jars.stream().map(AppClassLoader::url).toArray(URL[]::new), getPlatformClassLoader());
    this.settings = settings;
  }

  @Override
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public void onClose(AutoCloseable resource) {
    resources.push(resource);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(API) || name.equals(AppDoor.class.getName())) {
      return AppDoor.class.getClassLoader().loadClass(name);
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.equals(HOOKS)) {
      return super.findClass(name);
    }
    try (InputStream code =
        Objects.requireNonNull(AppClassLoader.class.getResourceAsStream("SpringHooks.class"))) {
      byte[] bytes = code.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    List<URL> found = Collections.list(super.findResources(name));
    if (!name.equals(FACTORIES) || found.isEmpty()) {
      return Collections.enumeration(found);
    }
    List<URL> withHooks = new ArrayList<>(found);
    withHooks.add(URL.of(URI.create("functions-host:" + FACTORIES), new FactoriesText()));
    return Collections.enumeration(withHooks);
  }

  /** What the app opened is closed, the last first. */
  void closeResources() {
    while (!resources.isEmpty()) {
      try (AutoCloseable resource = resources.pop()) {
        log.debug("Closing {}", resource);
      } catch (Exception e) {
        log.warn("The app's context did not close cleanly", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closeResources();
    super.close();
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves the one text that makes Spring Boot call {@link SpringHooks}. */
  private static final class FactoriesText extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(FACTORIES_TEXT.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }
}
