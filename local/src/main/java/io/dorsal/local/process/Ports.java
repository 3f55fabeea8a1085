package io.dorsal.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports below the range from which systems take the ports of outgoing connections: a server
 * that is down for a moment finds its port free when it comes back.
 */
public final class Ports {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private Ports() {}

  /**
   * A port on which nobody listens now.
   *
   * @throws IllegalStateException when none of 500 tried ones is free
   */
  public static int free() {
    for (int attempt = 0; attempt < 500; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free port between " + FIRST + " and " + LAST);
  }

  /** True when a server could listen on this port of the loopback address now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
