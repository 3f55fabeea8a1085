package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How storage is reached. */
class BlobAccessTests {

  /** As many as a worker with twice the places it has as shipped. */
  private static final int AT_ONCE = 128;

  @Test
  void asManyReadsAreUnderWayAsAreMade() throws Exception {
    var all = new CountDownLatch(AT_ONCE);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              all.countDown();
              exchange.sendResponseHeaders(met(all) ? 404 : 429, -1);
            }
          });
      server.start();
      var container =
          new BlobContainerClientBuilder()
              .httpClient(BlobAccess.http(Duration.ofSeconds(30)))
              .endpoint("http://127.0.0.1:" + server.getAddress().getPort() + "/account/c")
              .buildClient();
      List<Future<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String name = "f" + i;
        reads.add(threads.submit(() -> read(container.getBlobClient(name))));
      }
      for (Future<Integer> read : reads) {
        assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(404);
      }
    } finally {
      server.stop(0);
    }
  }

  private static int read(BlobClient blob) {
    try {
      blob.downloadStream(OutputStream.nullOutputStream());
      return 200;
    } catch (BlobStorageException e) {
      return e.getStatusCode();
    }
  }

  private static boolean met(CountDownLatch all) throws IOException {
    try {
      return all.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
