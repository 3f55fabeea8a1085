package io.dorsal.jobs;

import io.dorsal.local.process.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all classes that name it one stack with two workers and short leases, whose own archive has
 * a single file: they bring the files they scan.
 */
final class SharedArchive implements ParameterResolver {

  private static final Namespace HERE = Namespace.create(SharedArchive.class);

  private record Started(Path directory, ScannedArchive archive) implements AutoCloseable {

    static Started now() {
      try {
        Path directory = Files.createTempDirectory("dorsal-rescan");
        return new Started(directory, ScannedArchive.start(directory, 1));
      } catch (IOException e) {
        throw new IllegalStateException("The stack did not start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The stack did not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      archive.close();
      FileTrees.delete(directory);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ScannedArchive.class;
  }

  /** JUnit closes it after the last class: surefire runs each class by itself, in one session. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, HERE)
        .computeIfAbsent(Started.class, type -> Started.now(), Started.class)
        .archive();
  }
}
