package io.dorsal.webhooks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST by HTTP/1.1 (RFC 9112) to an address that was looked at before, while TLS is verified
 * for the name: the JDK's client would ask the name service again, and be led elsewhere. Of the
 * answer the status alone is read, so no redirect is ever followed. Thread-safe.
 */
final class PinnedPost {

  private static final int MOST_BYTES = 64 * 1024;

  private final SSLSocketFactory tls;
  private final Duration patience;

  /**
   * @param patience for all of it, from connecting to the status
   */
  PinnedPost(SSLSocketFactory tls, Duration patience) {
    this.tls = tls;
    this.patience = patience;
  }

  /** The other side does not speak HTTP. */
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * Posts JSON and returns the status.
   *
   * @param address of the URL's host, connected to whatever its name leads to meanwhile
   * @throws SocketTimeoutException where the patience ended
   * @throws javax.net.ssl.SSLException where the other side does not prove the name
   */
  int send(URI url, InetAddress address, Map<String, String> headers, byte[] body)
      throws IOException {
    byte[] head = head(url, headers, body.length);
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      var late = new AtomicBoolean();
      Thread watch = Thread.ofPlatform().daemon().start(() -> end(socket, late));
      try (Socket talk =
          secured(connected(socket, new InetSocketAddress(address, port(url))), url)) {
        OutputStream out = talk.getOutputStream();
        out.write(head);
        out.write(body);
        out.flush();
        return status(new BufferedInputStream(talk.getInputStream()));
      } catch (IOException e) {
        if (late.get()) {
          var timeout = new SocketTimeoutException("No answer within " + patience);
          timeout.initCause(e);
          throw timeout;
        }
        throw e;
      } finally {
        watch.interrupt();
      }
    }
  }

  /** Closing it wakes whoever waits for it, however slowly the other side drips. */
  private void end(Socket socket, AtomicBoolean late) {
    try {
      Thread.sleep(patience);
      late.set(true);
      socket.close();
    } catch (InterruptedException | IOException e) {
      // Answered in time, or closed already.
    }
  }

  private static Socket connected(Socket socket, InetSocketAddress address) throws IOException {
    socket.connect(address);
    return socket;
  }

  private Socket secured(Socket plain, URI url) throws IOException {
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      return plain;
    }
    var socket = (SSLSocket) tls.createSocket(plain, Destinations.host(url), port(url), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static int port(URI url) {
    return url.getPort() >= 0
        ? url.getPort()
        : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  private static byte[] head(URI url, Map<String, String> headers, int length) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    var head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
    head.append("Host: ").append(url.getHost());
    head.append(url.getPort() >= 0 ? ":" + url.getPort() : "").append("\r\n");
    head.append("Content-Type: application/json\r\nContent-Length: ").append(length);
    head.append("\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    String text = head.append("\r\n").toString();
    // Whoever could begin a line of its own could write another request.
    if (text.split("\r\n", -1).length != headers.size() + 7
        || !text.matches("(?:[\\x20-\\x7e]++|\r\n)*+")) {
      throw new IllegalArgumentException("A header or the address cannot be sent.");
    }
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Interim answers (RFC 9110, section 15.2) come before the one that counts. */
  private static int status(InputStream in) throws IOException {
    int[] left = {MOST_BYTES};
    while (true) {
      String line = line(in, left);
      if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
        throw new UnreadableException("The answer is no HTTP.");
      }
      int status = Integer.parseInt(line, 9, 12, 10);
      if (status >= 200) {
        return status;
      }
      while (!line.isEmpty()) {
        line = line(in, left);
      }
    }
  }

  private static String line(InputStream in, int[] left) throws IOException {
    var line = new StringBuilder();
    while (left[0]-- > 0) {
      int next = in.read();
      if (next < 0) {
        throw new UnreadableException("The answer ends in its head.");
      }
      if (next == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) next);
    }
    throw new UnreadableException("The answer's head is too long.");
  }
}
