package io.dorsal.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A bundle is never larger than is allowed, and says what it lacks. */
class BundleZipTests {

  @Test
  void linesThatDoNotFitAreLeftOutAndThePartIsNamed() throws IOException {
    var out = new ByteArrayOutputStream();
    try (BundleZip zip = new BundleZip(out, 1_000, () -> {})) {
      zip.part("small.json", Map.of("a", 1));
      zip.lines(
          "logs.jsonl",
          sink -> {
            for (int i = 0; i < 500; i++) {
              sink.accept(JsonMapper.shared().valueToTree(Map.of("line", "number " + i)));
            }
          });
      assertThat(zip.cut()).containsExactly("logs.jsonl");
    }
    long bytes = 0;
    try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        bytes += zip.readAllBytes().length;
      }
    }
    assertThat(bytes).isBetween(900L, 1_000L);
  }
}
