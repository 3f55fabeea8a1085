package io.dorsal.local.stack;

import io.dorsal.local.process.Ports;
import io.dorsal.local.process.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ports of a stack: picked once and kept in a file, so that addresses stay the same from one
 * start to the next. A port that another program took meanwhile is replaced. Until it is closed, no
 * other stack gets one of them.
 */
final class KeptPorts implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Map<String, Integer> ports;
  private final Set<String> taken = new HashSet<>();

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
  synchronized int of(String part) throws IOException {
    Integer kept = ports.get(part);
    if (kept != null && (taken.contains(part) || Ports.take(kept))) {
      taken.add(part);
      return kept;
    }
    int fresh = Ports.free();
    while (ports.containsValue(fresh)) {
      // Another part's from last time: it may have it again.
      Ports.release(fresh);
      fresh = Ports.free();
    }
    taken.add(part);
    ports.put(part, fresh);
    PrivateFiles.write(file, JSON.writeValueAsString(ports));
    return fresh;
  }

  /** Others may have the ports that were asked for. */
  @Override
  public synchronized void close() {
    for (String part : taken) {
      Integer port = ports.get(part);
      if (port != null) {
        Ports.release(port);
      }
    }
    taken.clear();
  }
}
