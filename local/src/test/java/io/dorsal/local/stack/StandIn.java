package io.dorsal.local.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Takes the place of a worker or of the edge in tests of the supervision: listens, answers 200, and
 * lives until it is ended.
 */
final class StandIn {

  private StandIn() {}

  static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    System.out.println("stand-in with " + given + " for " + System.getenv("DORSAL_WORKER_ID"));
    int at = given.indexOf("--port");
    String asEdge = System.getenv().getOrDefault("DORSAL_EDGE_PORT", "0");
    int port = Integer.parseInt(at < 0 ? asEdge : given.get(at + 1));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /**
   * Programs of a stack whose workers do nothing and whose database is empty; the others are the
   * real ones.
   */
  static Programs programs() {
    Programs real = Programs.of(StackDirectory.home());
    List<String> idle =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            StandIn.class.getName());
    return new Programs(List.of(), real.serviceBus(), real.functionsHost(), idle);
  }
}
