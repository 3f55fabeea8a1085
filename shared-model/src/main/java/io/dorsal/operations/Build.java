package io.dorsal.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What this program was built from, as the build wrote it.
 *
 * @param commit {@code unknown} where the build did not say
 */
public record Build(String version, String commit) {

  private static final Build THIS = read();

  /** Of the jar at hand. */
  public static Build current() {
    return THIS;
  }

  private static Build read() {
    var properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(Build.class.getResourceAsStream("build.properties"))) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(
        Objects.requireNonNull(properties.getProperty("version")),
        Objects.requireNonNull(properties.getProperty("commit")));
  }
}
