package io.dorsal.local.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Executors;

/**
 * How another process tells the supervisor to start or kill a worker: {@code POST
 * /workers/{name}/start}, with {@code next} for a new name, and {@code POST /workers/{name}/kill}.
 * Answers with the worker's name. The caller shows the secret of {@code stack.json}.
 */
final class ControlServer implements AutoCloseable {

  private final LocalStack stack;
  private final HttpServer server;
  private final String secret;

  private ControlServer(LocalStack stack, HttpServer server) {
    this.stack = stack;
    this.server = server;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.secret = HexFormat.of().formatHex(random);
  }

  static ControlServer start(LocalStack stack, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ControlServer control = new ControlServer(stack, server);
    server.createContext("/workers/", control::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return control;
  }

  StackState.Control address() {
    return new StackState.Control("http://127.0.0.1:" + server.getAddress().getPort(), secret);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (given == null || !same(given, "Bearer " + secret)) {
        answer(exchange, 401, "The secret is in stack.json");
        return;
      }
      String[] path = exchange.getRequestURI().getPath().split("/", -1);
      if (path.length != 4 || !exchange.getRequestMethod().equals("POST")) {
        answer(exchange, 404, "POST /workers/{name}/start or /kill");
        return;
      }
      try {
        answer(exchange, 200, act(path[2], path[3]));
      } catch (IllegalArgumentException e) {
        answer(exchange, 404, String.valueOf(e.getMessage()));
      }
    }
  }

  private String act(String name, String action) {
    switch (action) {
      case "start" -> {
        String worker = name.equals("next") ? stack.nextWorkerName() : name;
        stack.startWorker(worker);
        return worker;
      }
      case "kill" -> {
        stack.killWorker(name);
        return name;
      }
      default -> throw new IllegalArgumentException("start or kill");
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
