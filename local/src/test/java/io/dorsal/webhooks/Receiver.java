package io.dorsal.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes deliveries on this machine, and answers as it is told to. */
final class Receiver implements AutoCloseable {

  /** A delivery as it came. */
  record Got(String event, UUID deliveryId, String signature, String traceParent, byte[] body) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  private final HttpServer server;
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  private Receiver(HttpServer server) {
    this.server = server;
  }

  static Receiver start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var receiver = new Receiver(HttpServer.create(address, 0));
    receiver.server.createContext("/", receiver::take);
    receiver.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.server.start();
    return receiver;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      got.add(
          new Got(
              header(exchange, "X-Dorsal-Event"),
              UUID.fromString(header(exchange, "X-Dorsal-Delivery-Id")),
              header(exchange, "X-Dorsal-Signature"),
              header(exchange, "traceparent"),
              in.readAllBytes()));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  void answers(int with) {
    status = with;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
  }

  /** What came so far, in order. */
  List<Got> got() {
    return List.copyOf(got);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
