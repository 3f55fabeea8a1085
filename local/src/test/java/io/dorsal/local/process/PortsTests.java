package io.dorsal.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTests {

  private static final int EACH = 500;

  /** Of 1500 random ports out of 12,000 some ninety would be picked twice. */
  @Test
  void processesThatPickAtOncePickDifferentPorts() throws Exception {
    List<Process> pickers = List.of(picker(), picker(), picker());
    try {
      List<String> picked = new ArrayList<>();
      for (Process picker : pickers) {
        var reader = picker.inputReader();
        for (int i = 0; i < EACH; i++) {
          picked.add(reader.readLine());
        }
      }
      assertThat(picked).doesNotContainNull().doesNotHaveDuplicates();
    } finally {
      pickers.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void aPortIsTakenOnceUntilItIsGivenBack() {
    int port = Ports.free();
    assertThat(Ports.take(port)).isFalse();
    Ports.release(port);
    assertThat(Ports.take(port)).isTrue();
    Ports.release(port);
  }

  @Test
  void aPortOnWhichSomebodyListensIsNotTaken() throws IOException {
    int port = Ports.free();
    Ports.release(port);
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThat(Ports.take(port)).isFalse();
    }
  }

  private static Process picker() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx32m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Picker.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Picks, and keeps what it picked until it is ended. */
  static final class Picker {
    private Picker() {}

    static void main(String[] arguments) throws IOException {
      for (int i = 0; i < EACH; i++) {
        System.out.println(Ports.free());
      }
      System.out.flush();
      System.in.read();
    }
  }
}
