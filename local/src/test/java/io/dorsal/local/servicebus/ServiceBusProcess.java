package io.dorsal.local.servicebus;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@link ServiceBusMain} as a child process, to be killed as a crash would. */
final class ServiceBusProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("Service Bus listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final int port;

  private ServiceBusProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a process and waits until it is ready. */
  static ServiceBusProcess start(int port, Path data, String lockDuration) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            ServiceBusMain.class.getName(),
            "--port=" + port,
            "--data=" + data,
            "--lock-duration=" + lockDuration);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    var ready = READY.matcher(String.valueOf(line));
    if (!ready.matches()) {
      process.destroyForcibly();
      throw new IOException("not ready, but: " + line);
    }
    return new ServiceBusProcess(process, Integer.parseInt(ready.group(1)));
  }

  int port() {
    return port;
  }

  /** SIGKILL, and waits until the process is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM; returns whether the process ended by itself in time. */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(15, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    kill();
  }
}
