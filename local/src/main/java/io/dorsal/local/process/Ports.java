package io.dorsal.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports below the range from which systems take the ports of outgoing connections: a server
 * that is down for a moment finds its port free when it comes back. A port belongs to the process
 * that took it until it gives it back or ends, whether anything listens there or not.
 */
public final class Ports {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private Ports() {}

  /**
   * Takes a port on which nobody listens now.
   *
   * @throws IllegalStateException when none of 500 tried ones is free
   */
  public static int free() {
    for (int attempt = 0; attempt < 500; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (take(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free port between " + FIRST + " and " + LAST);
  }

  /** Takes this port; false when somebody has it or listens there. */
  public static boolean take(int port) {
    if (!PortClaims.claim(port)) {
      return false;
    }
    if (isFree(port)) {
      return true;
    }
    PortClaims.release(port);
    return false;
  }

  /** Gives a taken port back. */
  public static void release(int port) {
    PortClaims.release(port);
  }

  /** True when a server could listen on this port of the loopback address now. */
  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
