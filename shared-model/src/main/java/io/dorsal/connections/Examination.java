package io.dorsal.connections;

import io.dorsal.access.Uuid7;
import io.dorsal.connections.Diagnosis.Level;
import io.dorsal.connections.DoctorReport.Step;
import io.dorsal.connections.DoctorReport.StepName;
import io.dorsal.connections.DoctorReport.StepStatus;
import io.dorsal.connections.StorageAnswer.Asked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One check of one connection, step by step; a failed step skips the later ones. Ends within 28 s
 * whatever storage does. Not thread-safe.
 */
final class Examination {

  private static final Duration IN_ALL = Duration.ofSeconds(28);
  private static final Duration STEP = Duration.ofSeconds(12);

  private final Connection connection;
  private final @Nullable SasToken sas;
  private final Clock clock;
  private final Instant tokenTime;
  private final Instant began;
  private final long begun = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();
  private final List<Diagnosis> findings = new ArrayList<>();
  private boolean stopped;
  private boolean listsContainers;
  private String container = "";

  /**
   * @param tokenTime the time by which the token's own dates are judged
   */
  Examination(Connection connection, @Nullable SasToken sas, Clock clock, Instant tokenTime) {
    this.connection = connection;
    this.sas = sas;
    this.clock = clock;
    this.tokenTime = tokenTime;
    this.began = clock.instant();
  }

  DoctorReport run(Probe probe, Optional<Instant> workEnds) {
    step(StepName.PARSE, () -> parse(workEnds));
    step(StepName.CLOCK, () -> clock(probe.storesTime()));
    step(StepName.LIST, () -> list(probe));
    step(StepName.READ, () -> probe.canRead() ? read(probe) : StepStatus.SKIP);
    step(StepName.COPY, () -> probe.canCopy() ? copy(probe) : StepStatus.SKIP);
    return report();
  }

  private StepStatus parse(Optional<Instant> workEnds) {
    if (sas != null) {
      findings.addAll(TokenFindings.of(connection, sas, tokenTime, workEnds));
    }
    // Where only copies are impossible, listing and reading are worth a try.
    if (findings.stream().anyMatch(f -> f.fails(Ability.LIST) || f.fails(Ability.READ))) {
      return StepStatus.FAIL;
    }
    return findings.isEmpty() ? StepStatus.PASS : StepStatus.WARN;
  }

  private StepStatus clock(Optional<Instant> storesTime) {
    long seconds =
        storesTime.map(t -> Math.abs(Duration.between(t, clock.instant()).toSeconds())).orElse(0L);
    if (seconds <= 300) {
      return StepStatus.PASS;
    }
    boolean fails = seconds > 900;
    var abilities = fails ? List.of(Ability.LIST, Ability.READ, Ability.COPY) : List.<Ability>of();
    find(
        ConnectionProblem.CLOCK_SKEW,
        fails ? Level.FAIL : Level.WARN,
        abilities,
        "The storage account's clock says " + storesTime.orElseThrow() + ".",
        Map.of("seconds", String.valueOf(seconds)));
    return fails ? StepStatus.FAIL : StepStatus.WARN;
  }

  private StepStatus list(Probe probe) {
    container = probe.chooseContainer();
    if (container.isEmpty()) {
      return StepStatus.SKIP;
    }
    probe.list(container);
    listsContainers = probe.listsContainers();
    if (probe.empty()) {
      find(
          ConnectionProblem.CONTAINER_EMPTY,
          Level.WARN,
          List.of(),
          "There is no file under the prefix in " + container + ".",
          Map.of());
      return StepStatus.WARN;
    }
    return StepStatus.PASS;
  }

  private StepStatus read(Probe probe) {
    if (probe.allArchived()) {
      find(
          ConnectionProblem.READ_ARCHIVED,
          Level.WARN,
          List.of(Ability.READ, Ability.COPY),
          "Not one of the listed files can be read at once.",
          Map.of());
      return StepStatus.WARN;
    }
    probe.read();
    return StepStatus.PASS;
  }

  private StepStatus copy(Probe probe) {
    if (findings.stream().anyMatch(finding -> finding.fails(Ability.COPY))) {
      return StepStatus.SKIP;
    }
    probe.copy();
    return StepStatus.PASS;
  }

  private void step(StepName name, Supplier<StepStatus> work) {
    if (stopped) {
      steps.add(new Step(name, StepStatus.SKIP, 0, null, null));
      return;
    }
    long start = System.nanoTime();
    StepStatus status;
    StorageAnswer answer = null;
    try {
      status = within(work);
    } catch (RuntimeException failure) {
      answer = answerOf(name, failure);
      status = refused(name, answer, failure);
    }
    stopped = status == StepStatus.FAIL;
    steps.add(
        new Step(
            name,
            status,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
            answer == null || answer.azureCode().isEmpty() ? null : answer.azureCode(),
            answer == null || answer.requestId().isEmpty() ? null : answer.requestId()));
  }

  /** A step that storage holds up goes on by itself, and nobody waits for it. */
  private StepStatus within(Supplier<StepStatus> work) {
    long left = IN_ALL.toNanos() - (System.nanoTime() - begun);
    var task = new FutureTask<>(work::get);
    Thread.ofPlatform().daemon().start(task);
    try {
      return task.get(Math.max(1, Math.min(left, STEP.toNanos())), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Storage did not answer in time.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a connection was checked.", e);
    }
  }

  private StorageAnswer answerOf(StepName name, RuntimeException failure) {
    if (failure instanceof CopyRefusedException refused && refused.answer() != null) {
      return refused.answer();
    }
    Asked asked =
        switch (name) {
          case COPY -> Asked.COPY;
          case READ -> Asked.READ;
          case PARSE, CLOCK, LIST -> Asked.LIST;
        };
    return StorageAnswer.of(asked, failure, clock.instant());
  }

  private StepStatus refused(StepName name, StorageAnswer answer, RuntimeException failure) {
    StorageVerdict.Refused verdict =
        failure instanceof CopyRefusedException copy ? copy.verdict() : verdictOf(answer);
    ConnectionProblem problem = named(verdict.toMend(), answer);
    boolean filesOwn =
        problem == ConnectionProblem.SOURCE_FILE_MISSING
            || problem == ConnectionProblem.SOURCE_CHANGED
            || problem == ConnectionProblem.SOURCE_ARCHIVED;
    String detail =
        failure instanceof CopyRefusedException copy && copy.answer() == null
            ? String.valueOf(copy.getMessage())
            : answer.sentence();
    find(
        problem,
        filesOwn ? Level.WARN : Level.FAIL,
        lost(name).stream().filter(problem.takesAway()::contains).toList(),
        detail,
        container.isEmpty() ? Map.of() : Map.of("container", container));
    return filesOwn ? StepStatus.WARN : StepStatus.FAIL;
  }

  private StorageVerdict.Refused verdictOf(StorageAnswer answer) {
    return switch (ErrorMapping.verdict(answer, sas, connection.authType(), clock.instant())) {
      case StorageVerdict.Refused refused -> refused;
      case StorageVerdict.StreamInstead() -> busy(answer);
      case StorageVerdict.Unforeseen() -> busy(answer);
    };
  }

  private static StorageVerdict.Refused busy(StorageAnswer answer) {
    return new StorageVerdict.Refused(
        ConnectionProblem.SOURCE_BUSY, null, "", answer.retryAfter(), false);
  }

  /** A check tells apart why a root cannot be reached. */
  private static ConnectionProblem named(ConnectionProblem problem, StorageAnswer answer) {
    if (problem != ConnectionProblem.SOURCE_UNAVAILABLE) {
      return problem;
    }
    return answer.hostUnknown()
        ? ConnectionProblem.ACCOUNT_NOT_FOUND
        : ConnectionProblem.CONTAINER_NOT_FOUND;
  }

  private static List<Ability> lost(StepName failed) {
    return switch (failed) {
      case PARSE, CLOCK, LIST -> List.of(Ability.LIST, Ability.READ, Ability.COPY);
      case READ -> List.of(Ability.READ, Ability.COPY);
      case COPY -> List.of(Ability.COPY);
    };
  }

  private void find(
      ConnectionProblem problem,
      Level level,
      List<Ability> abilities,
      String detail,
      Map<String, String> words) {
    if (findings.stream().noneMatch(f -> f.code() == problem && f.level() == level)) {
      findings.add(
          new Diagnosis(problem, level, abilities, detail, problem.fixFor(connection, sas, words)));
    }
  }

  private DoctorReport report() {
    var outcome = new Outcome(List.copyOf(steps), List.copyOf(findings), sas, listsContainers);
    return new DoctorReport(
        Uuid7.next(),
        began,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
        connection.secretVersion(),
        outcome.status(),
        outcome.capabilities(),
        sas == null ? null : sas.expiresAt().orElse(null),
        outcome.steps(),
        outcome.findings());
  }
}
