package io.dorsal.local.stack;

import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.local.oidc.OidcServer;
import io.dorsal.local.oidc.Tokens;
import io.dorsal.local.process.Signal;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.storage.Containers;
import io.dorsal.local.storage.StorageGateway;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A running local stack, supervised by this process: the same thing for {@code ./dorsal up} and for
 * a test. Safe for use by several threads. Closing it ends every process it started.
 */
public final class LocalStack implements AutoCloseable {

  private static final Logger LOG = System.getLogger(LocalStack.class.getName());

  private final StackOptions options;
  private final StackLock lock;
  private final StackParts parts;
  private final ControlServer control;
  private volatile StackState.Phase phase = StackState.Phase.STARTING;
  private final Object stateFile = new Object();
  private final AtomicBoolean closing = new AtomicBoolean();
  private boolean closed;

  private LocalStack(StackOptions options, StackLock lock)
      throws IOException, InterruptedException {
    this.options = options;
    this.lock = lock;
    this.parts = new StackParts(options, this::record);
    this.control = ControlServer.start(this, parts.port("control"));
  }

  /**
   * Starts everything and waits until it works. What an earlier supervisor of this directory left
   * behind is ended first.
   *
   * @param says what is being done, for people
   * @throws StackRunningException when one runs in this directory already
   * @throws IllegalStateException when a part does not start; what had started is ended again
   */
  public static LocalStack start(StackOptions options, Consumer<String> says)
      throws IOException, InterruptedException {
    StackLock lock = StackLock.take(options.directory());
    LocalStack stack = null;
    try {
      Optional<StackState> old = StackState.read(options.directory());
      if (old.isPresent() && old.get().endLeftovers() > 0) {
        says.accept("Ended processes that an earlier stack left behind");
      }
      stack = new LocalStack(options, lock);
      stack.record();
      stack.parts.startAll(says);
      stack.phase = StackState.Phase.RUNNING;
      stack.record();
      return stack;
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (stack == null) {
        lock.close();
      } else {
        stack.close();
      }
      throw e;
    }
  }

  /**
   * Address of the HTTP API, without the route prefix {@code /api/v1} and without a slash at its
   * end.
   */
  public String api() {
    return parts.api();
  }

  /** Address at which a worker or the edge tells its health, readiness and metrics. */
  public String internal(String process) {
    return "http://127.0.0.1:" + parts.internalPort(process);
  }

  /** What has to be sent to read the metrics of the functions. */
  public String metricsToken() {
    return parts.metricsToken();
  }

  /**
   * A token the API accepts, for eight hours, of the user who has this role in the tenant; both are
   * made where they are missing.
   *
   * @param role one of {@link People#ROLES}
   */
  public String token(String tenant, String role) {
    return tokens().mint(People.ready(jdbcUrl(), issuer(), tenant, role));
  }

  /** For tokens of any other kind. */
  public Tokens tokens() {
    return parts.tokens();
  }

  /** What signs events at {@code /webhooks/identity/local}, where the provider tells of users. */
  public String identityWebhookSecret() {
    return parts.identityWebhookSecret();
  }

  /** Where tokens come from, the {@code iss} of them. */
  public String issuer() {
    return OidcServer.issuer(parts.oidcPort());
  }

  /** JDBC URL with the user that sees every tenant, and its password. */
  public String jdbcUrl() {
    return parts.jdbcUrl();
  }

  /** The database as processes are told of it. */
  public GivenServers.Database database() {
    return parts.database();
  }

  public String serviceBusConnectionString() {
    return parts.serviceBus();
  }

  /** The file in which the Service Bus stand-in keeps its messages. */
  public Path serviceBusData() {
    return parts.serviceBusData();
  }

  /** Containers of both accounts, through the gateway. */
  public Containers containers() {
    return parts.containers();
  }

  /** A client for a container of an account; the container need not exist. */
  public BlobContainerClient container(String account, String name) {
    return containers().client(account, name);
  }

  /** Faults and request log of the storage, without going through HTTP. */
  public StorageGateway gateway() {
    return parts.gateway();
  }

  public StackDirectory directory() {
    return options.directory();
  }

  /** All processes in the order of their start. */
  public List<SupervisedProcess> processes() {
    return parts.processes().all();
  }

  /**
   * One process: {@code postgres}, {@code azurite}, {@code servicebus}, {@code functions}, {@code
   * worker-1} and so on.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public SupervisedProcess process(String name) {
    return parts.processes().named(name);
  }

  /** SIGKILL; the supervisor starts it again at once, on the same port. */
  public void kill(String name) {
    process(name).signal(Signal.KILL);
  }

  /** Freezes a process. */
  public void stop(String name) {
    process(name).signal(Signal.STOP);
  }

  /** Lets a frozen process go on. */
  public void cont(String name) {
    process(name).signal(Signal.CONT);
  }

  /** SIGKILL; the worker stays dead until {@link #startWorker(String)}. */
  public void killWorker(String name) {
    parts.processes().worker(name).killAndHold();
  }

  /** Starts a worker that is down, or a new one of this name. Returns its process id. */
  public OptionalLong startWorker(String name) {
    SupervisedProcess worker = parts.addWorker(name);
    worker.start();
    return worker.pid();
  }

  /** A name no worker has yet. */
  public String nextWorkerName() {
    return parts.processes().nextWorkerName();
  }

  /** The end of a process' log. */
  public String tail(String name, int lines) {
    return process(name).tail(lines);
  }

  /** Waits until the process answers again, after it was killed. */
  public void awaitReady(String name, Duration time) throws InterruptedException {
    process(name).awaitReady(time);
  }

  /**
   * Ends all processes in the reverse order of their start; may take half a minute when work is in
   * flight.
   */
  @Override
  public void close() throws IOException {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    phase = StackState.Phase.STOPPING;
    control.close();
    parts.close();
    synchronized (stateFile) {
      closed = true;
      Files.deleteIfExists(options.directory().state());
    }
    lock.close();
  }

  private void record() {
    synchronized (stateFile) {
      if (closed) {
        return;
      }
      try {
        parts.state(phase, control.address()).write(options.directory());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "stack.json could not be written", e);
      }
    }
  }
}
