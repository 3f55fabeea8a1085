package io.dorsal.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sessions of the system: what a terminal sends to one does not reach another. */
public final class Session {

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private Session() {}

  /** The command as leader of a session of its own, where the system has {@code setsid}. */
  public static List<String> own(List<String> command) {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      line.add(SETSID.toString());
    }
    line.addAll(command);
    return line;
  }
}
