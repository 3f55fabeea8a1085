package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class StoreSocketsTests {

  private final StoreSockets sockets = new StoreSockets();

  @Test
  void theEndOfBodyDoesNotWaitForItsBeginningToBeAcknowledged() throws IOException {
    try (Socket socket = sockets.createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void connectedSocketsAreTheSame() throws IOException {
    var address = InetAddress.getLoopbackAddress();
    try (var server = new ServerSocket(0, 1, address);
        Socket socket = sockets.createSocket(address, server.getLocalPort())) {
      assertThat(socket.isConnected()).isTrue();
      assertThat(socket.getTcpNoDelay()).isTrue();
      assertThat(socket.getChannel()).isNotNull();
    }
  }
}
