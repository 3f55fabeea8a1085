package io.dorsal.local.servicebus;

import io.dorsal.work.QueueSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.proton.ProtonServer;
import io.vertx.proton.ProtonServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Service Bus stand-in on the loopback address. Thread-safe.
 *
 * <p>Its state lies in one SQLite file, which it holds alone. When the file cannot be written any
 * more, the server stops answering and {@link #ended()} tells why.
 */
public final class ServiceBusServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceBusServer.class);
  private static final String HOST = "127.0.0.1";
  private static final long TICK_MILLIS = 50;
  // A client that is silent for two minutes is taken for dead, as Azure does after four.
  private static final int HEARTBEAT_MILLIS = 60_000;

  private final Vertx vertx;
  private final MessageStore store;
  private final FileChannel exclusive;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final int port;
  private boolean closed;

  private ServiceBusServer(
      Vertx vertx,
      MessageStore store,
      FileChannel exclusive,
      int port,
      List<QueueSettings> queues) {
    this.vertx = vertx;
    this.store = store;
    this.exclusive = exclusive;
    Context loop = vertx.getOrCreateContext();
    var turn = new Turn(store, task -> loop.runOnContext(now -> task.run()), this::fail);
    var broker = new Broker(queues, store, turn, InstantSource.system());
    loop.exceptionHandler(
        failure -> {
          if (failure instanceof StoreFailedException cause) {
            turn.fail(cause);
          } else {
            LOG.warn("A request could not be served", failure);
          }
        });
    var listening = new CompletableFuture<Integer>();
    loop.runOnContext(now -> listen(port, broker, listening));
    this.port = listening.join();
  }

  /**
   * Starts a server; what the file holds is there again, locks and counts included.
   *
   * @param port 0 to pick a free one
   * @param data the file, created when absent together with its directory
   * @param queues the queues to serve, normally {@link QueueSettings#declared()}
   * @throws IllegalStateException when another server holds the file
   * @throws java.util.concurrent.CompletionException when the port is taken
   */
  public static ServiceBusServer start(int port, Path data, List<QueueSettings> queues) {
    FileChannel exclusive = lock(data);
    MessageStore store = MessageStore.open(data);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1) // the queues' only thread
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    try {
      return new ServiceBusServer(vertx, store, exclusive, port, queues);
    } catch (RuntimeException e) {
      release(vertx, store, exclusive);
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What the Azure SDK's client builders take. The key is none: any would be accepted. */
  public String connectionString() {
    return connectionString(port);
  }

  static String connectionString(int port) {
    return "Endpoint=sb://%s:%d;SharedAccessKeyName=Root;SharedAccessKey=local;UseDevelopmentEmulator=true;"
        .formatted(HOST, port);
  }

  /** Completes when the server was closed; exceptionally when its data file failed. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /** Ends all connections. Locks stay until they run out, also across the next start. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      release(vertx, store, exclusive);
      ended.complete(null);
    }
  }

  private void listen(int port, Broker broker, CompletableFuture<Integer> listening) {
    var options = new ProtonServerOptions().setHeartbeat(HEARTBEAT_MILLIS).setReuseAddress(true);
    ProtonServer server = ProtonServer.create(vertx, options);
    server.connectHandler(connection -> ClientConnection.serve(connection, broker));
    server.listen(
        port,
        HOST,
        started -> {
          if (started.succeeded()) {
            vertx.setPeriodic(TICK_MILLIS, id -> broker.tick());
            listening.complete(server.actualPort());
          } else {
            listening.completeExceptionally(started.cause());
          }
        });
  }

  private void fail(StoreFailedException cause) {
    LOG.error("The data file failed; nothing is acknowledged any more", cause);
    ended.completeExceptionally(cause);
  }

  private static FileChannel lock(Path data) {
    Path absolute = data.toAbsolutePath();
    try {
      if (absolute.getParent() != null) {
        Files.createDirectories(absolute.getParent());
      }
      FileChannel channel =
          FileChannel.open(
              absolute.resolveSibling(absolute.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return channel;
        }
      } catch (OverlappingFileLockException e) {
        LOG.debug("Held within this process", e);
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("another Service Bus stand-in holds " + absolute);
  }

  private static void release(Vertx vertx, MessageStore store, FileChannel exclusive) {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("The connections did not end in time", e);
    }
    store.close();
    try {
      exclusive.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
