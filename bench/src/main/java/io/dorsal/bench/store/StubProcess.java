package io.dorsal.bench.store;

import io.dorsal.bench.figures.Part;
import io.dorsal.local.process.Ports;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.Readiness;
import io.dorsal.local.process.SupervisedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A stub store in a process of its own, so that its work is nobody else's. Thread-safe. */
public final class StubProcess implements BlobStore {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SupervisedProcess process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Duration latency;

  private StubProcess(SupervisedProcess process, int port, Duration latency) {
    this.process = process;
    this.port = port;
    this.latency = latency;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param directory for its log
   */
  public static StubProcess start(StubFiles.Plan plan, Duration latency, Path directory)
      throws InterruptedException {
    int port = Ports.free();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1500m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            StubMain.class.getName(),
            String.valueOf(port),
            String.valueOf(latency.toMillis()),
            String.valueOf(plan.seed()),
            String.valueOf(plan.count()),
            String.valueOf(plan.size()));
    var process =
        new SupervisedProcess(
            ProcessSpec.of("stub", command, directory, directory.resolve("stub.log"))
                .withReadiness(Readiness.listening(port)),
            () -> {});
    process.start();
    try {
      process.awaitReady(PATIENCE);
    } catch (InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
    return new StubProcess(process, port, latency);
  }

  @Override
  public String name() {
    return "stub with " + latency.toMillis() + " ms";
  }

  @Override
  public String account() {
    return StubStore.ACCOUNT;
  }

  @Override
  public String endpoint() {
    return "http://127.0.0.1:" + port + "/" + StubStore.ACCOUNT;
  }

  @Override
  public String container() {
    return "photos";
  }

  /** It believes every signature. */
  @Override
  public String sas() {
    return "sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2036-06-01T00:00:00Z&sig=c3R1Yg%3D%3D";
  }

  @Override
  public String etag(StubFile file) {
    return file.etag();
  }

  @Override
  public List<Part> parts() {
    OptionalLong pid = process.pid();
    return List.of(new Part("store", pid.stream().boxed().toList()));
  }

  @Override
  public long requests() {
    return figure(0);
  }

  @Override
  public long bytes() {
    return figure(1);
  }

  private long figure(int place) {
    URI page = URI.create("http://127.0.0.1:" + port + StubStore.FIGURES);
    try {
      String told =
          http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return Long.parseLong(told.split(" ", -1)[place]);
    } catch (IOException e) {
      throw new IllegalStateException("The stub does not answer.\n" + process.tail(15), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking the stub", e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.close();
    Ports.release(port);
  }
}
