package io.dorsal.local.storage;

import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.Readiness;
import io.dorsal.local.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Microsoft's blob emulator as a process of the stack. */
public final class AzuriteServer {

  private static final String MAIN = "node_modules/azurite/dist/src/blob/main.js";

  private AzuriteServer() {}

  /**
   * How Azurite is started.
   *
   * @param home the directory with our package.json, preload script and node_modules
   * @param data where the blobs are kept
   * @throws IllegalStateException when it is not installed in its home
   */
  public static ProcessSpec process(
      Path home, Path data, int port, StorageAccounts accounts, Path log) throws IOException {
    Path base = home.toAbsolutePath();
    if (!Files.exists(base.resolve(MAIN))) {
      throw new IllegalStateException(
          "Azurite is not installed. Run ./dorsal, or `npm ci` in "
              + base
              + " (Node 20 or newer).");
    }
    Files.createDirectories(data);
    List<String> command =
        List.of(
            "node",
            // Its database is in memory: 132,565 blobs and their blocks want more than the default.
            "--max-old-space-size=3072",
            // A page of 5,000 names makes more garbage than the default's young generation holds.
            "--max-semi-space-size=64",
            "--require",
            base.resolve("name-first.cjs").toString(),
            "--require",
            base.resolve("less-work.cjs").toString(),
            "--require",
            base.resolve("page-first.cjs").toString(),
            base.resolve(MAIN).toString(),
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
            String.valueOf(port),
            "--location",
            data.toAbsolutePath().toString(),
            "--silent",
            "--skipApiVersionCheck",
            "--disableTelemetry");
    return ProcessSpec.of("azurite", command, data, log)
        .withEnvironment(Map.of("AZURITE_ACCOUNTS", accounts.forAzurite()))
        .withReadiness(Readiness.listening(port))
        .withStop(Signal.TERM, Duration.ofSeconds(20));
  }
}
