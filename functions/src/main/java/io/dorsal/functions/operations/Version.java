package io.dorsal.functions.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** The version of Dorsal this jar was built from, as the build wrote it. Thread-safe. */
@Component
class Version {

  private final String value;

  Version() {
    var properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    value = Objects.requireNonNull(properties.getProperty("version"));
  }

  String value() {
    return value;
  }
}
