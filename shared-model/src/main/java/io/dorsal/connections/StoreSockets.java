package io.dorsal.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/**
 * Makes sockets that an interrupt of the thread that waits for them closes, be it a virtual one or
 * one of the system, which no interrupt reaches in a socket of {@link Socket}'s own. They send at
 * once what is written: OkHttp writes a body in pieces, of which the last would wait for the other
 * side to acknowledge those before, which a system puts off for 40 ms. Thread-safe.
 */
final class StoreSockets extends SocketFactory {

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = SocketChannel.open().socket();
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host, port, new InetSocketAddress(0).getAddress(), 0);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(new InetSocketAddress(local, localPort));
      socket.connect(new InetSocketAddress(host, port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
