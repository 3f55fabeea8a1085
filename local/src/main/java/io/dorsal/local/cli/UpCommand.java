package io.dorsal.local.cli;

import io.dorsal.local.process.ProcessIdentity;
import io.dorsal.local.process.Session;
import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackRunningException;
import io.dorsal.local.stack.StackState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the stack and stays with it, or leaves it to a supervisor in the background. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the local stack; Ctrl-C or ./dorsal down ends it.")
final class UpCommand implements Callable<Integer> {

  /** Says to a supervisor that the command which started it does the talking. */
  private static final String DETACHED = "dorsal.detached";

  @Option(names = "--detach", description = "Leave the stack running in the background.")
  private boolean detach;

  @Option(names = "--workers", description = "Worker processes, default ${DEFAULT-VALUE}.")
  private int workers = 1;

  @Option(names = "--json", description = "Print the stack's state as JSON when it runs.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<StackState> running = Here.find();
    if (running.isPresent()) {
      Terminal.say(
          "The stack is running already (supervisor " + running.get().supervisor().pid() + ").");
      announce(running.get());
      return 0;
    }
    if (detach) {
      detach();
      return 0;
    }
    return stay();
  }

  private int stay() throws IOException {
    StackHook hook = StackHook.install(Thread.currentThread());
    try (LocalStack stack = LocalStack.start(Here.options(workers), Terminal::say)) {
      if (!Boolean.getBoolean(DETACHED)) {
        announce(StackState.read(stack.directory()).orElseThrow());
      }
      new CountDownLatch(1).await();
    } catch (StackRunningException e) {
      Terminal.say(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Terminal.say("The stack has ended.");
    } finally {
      hook.done();
    }
    return 0;
  }

  private void detach() throws IOException, InterruptedException {
    Path log = Here.directory().log("stack");
    Files.createDirectories(log.getParent());
    Files.deleteIfExists(log);
    Process supervisor =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    supervisor.getOutputStream().close();
    ProcessIdentity expected = ProcessIdentity.of(supervisor.toHandle());
    long shown = 0;
    while (true) {
      shown = showFrom(log, shown);
      Optional<StackState> state =
          Here.find().filter(found -> found.supervisor().pid() == expected.pid());
      if (state.filter(found -> found.state() == StackState.Phase.RUNNING).isPresent()) {
        announce(state.get());
        return;
      }
      if (!supervisor.isAlive()) {
        showFrom(log, shown);
        throw new IllegalStateException("The stack did not start; see " + log);
      }
      Thread.sleep(200);
    }
  }

  private List<String> command() {
    return Session.own(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-D" + DETACHED + "=true",
            "-Ddorsal.home=" + Here.options(0).home(),
            "-cp",
            System.getProperty("java.class.path"),
            DorsalMain.class.getName(),
            "up",
            "--workers",
            String.valueOf(workers)));
  }

  private static long showFrom(Path log, long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] fresh = new byte[(int) Math.max(0, file.length() - position)];
      file.seek(position);
      file.readFully(fresh);
      System.err.print(new String(fresh, StandardCharsets.UTF_8));
      return position + fresh.length;
    }
  }

  private void announce(StackState state) {
    Terminal.say("API        " + state.api() + "/api/v1");
    Terminal.say(
        "Storage    " + state.storage().source() + "  (gateway, see /__faults and /__log)");
    Terminal.say("OIDC       " + state.oidc());
    Terminal.say("Workers    " + state.workers().keySet());
    Terminal.say("Everything else is in " + Here.directory().state());
    announceJson(state);
  }

  private void announceJson(StackState state) {
    if (json) {
      Terminal.json(state);
    }
  }
}
