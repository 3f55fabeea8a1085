package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.stack.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** 20 and 30: ids are UUIDv7, made in one place or by the database. */
class IdsTests {

  private static final Pattern OTHER_MAKER =
      Pattern.compile("randomUUID\\(|gen_random_uuid\\(|uuidv4\\(");

  @Test
  void nothingMakesIdsOfAnotherVersion() throws IOException {
    List<String> others = new ArrayList<>();
    for (String module : List.of("shared-model", "functions", "batch-jobs")) {
      try (Stream<Path> sources =
          Files.walk(StackDirectory.home().resolve(module).resolve("src/main"))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          String name = source.getFileName().toString();
          if (name.matches(".*\\.(java|sql)")
              && OTHER_MAKER.matcher(Files.readString(source)).find()) {
            others.add(name);
          }
        }
      }
    }
    assertThat(others).isEmpty();
  }
}
