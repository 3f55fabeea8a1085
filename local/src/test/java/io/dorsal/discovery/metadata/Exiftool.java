package io.dorsal.discovery.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exiftool of this machine: another reader of the same files, to be measured against. */
final class Exiftool {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private Exiftool() {}

  static boolean installed() {
    try {
      return new ProcessBuilder("exiftool", "-ver")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * What it reads from the files: by file, every tag as {@code group:name} with its values, numbers
   * unformatted. A file it cannot read has no tags of its own.
   */
  static Map<Path, Map<String, List<String>>> read(List<Path> files, Path scratch)
      throws IOException, InterruptedException {
    Path names = scratch.resolve("exiftool-files.txt");
    Path answer = scratch.resolve("exiftool.json");
    Files.write(names, files.stream().map(Path::toString).toList());
    int exit =
        new ProcessBuilder("exiftool", "-j", "-G1", "-n", "-struct", "-q", "-@", names.toString())
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit > 1) {
      throw new IOException("exiftool ended with " + exit);
    }
    Map<Path, Map<String, List<String>>> read = new HashMap<>();
    String text = new String(Files.readAllBytes(answer), StandardCharsets.UTF_8);
    for (JsonNode file : JSON.readTree(text)) {
      Map<String, List<String>> tags = new TreeMap<>();
      file.propertyStream().forEach(tag -> tags.put(tag.getKey(), values(tag.getValue())));
      read.put(Path.of(file.path("SourceFile").asString()), tags);
    }
    return read;
  }

  private static List<String> values(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(Exiftool::text).toList()
        : List.of(text(value));
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** A file's bytes as the store would answer them. */
  static RangeReader reader(Path file) {
    return (offset, length) -> {
      try (var channel = Files.newByteChannel(file)) {
        var buffer = java.nio.ByteBuffer.allocate(length);
        channel.position(offset);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  static @Nullable String first(Map<String, List<String>> tags, List<String> keys) {
    for (String key : keys) {
      List<String> values = tags.get(key);
      if (values != null && !values.isEmpty()) {
        return values.getFirst();
      }
    }
    return null;
  }
}
