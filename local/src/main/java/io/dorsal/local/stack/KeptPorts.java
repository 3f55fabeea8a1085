package io.dorsal.local.stack;

import io.dorsal.local.process.Ports;
import io.dorsal.local.process.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ports of a stack: picked once and kept in a file, so that addresses stay the same from one
 * start to the next. A port that another program took meanwhile is replaced.
 */
final class KeptPorts {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Map<String, Integer> ports;

  private KeptPorts(Path file, Map<String, Integer> ports) {
    this.file = file;
    this.ports = ports;
  }

  static KeptPorts at(Path file) throws IOException {
    Map<String, Integer> ports = new TreeMap<>();
    if (Files.exists(file)) {
      ports.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<String, Integer>>() {}));
    }
    return new KeptPorts(file, ports);
  }

  /** The part's port. Ask before the part is started: a port in use is given up. */
  int of(String part) throws IOException {
    Integer kept = ports.get(part);
    if (kept != null && Ports.isFree(kept)) {
      return kept;
    }
    int fresh = Ports.free();
    while (ports.containsValue(fresh)) {
      fresh = Ports.free();
    }
    ports.put(part, fresh);
    PrivateFiles.write(file, JSON.writeValueAsString(ports));
    return fresh;
  }
}
