package io.dorsal.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.connections.ConnectionProblem;
import io.dorsal.discovery.DiscoveryProblem;
import io.dorsal.discovery.ScanNotActiveException;
import io.dorsal.discovery.SourceTooLargeException;
import io.dorsal.sources.SourceException;
import io.dorsal.work.Lease;
import io.dorsal.work.LeaseLostException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

class VerdictTests {

  @Test
  void workThatWasToldToStopIsGivenBack() {
    assertThat(Verdict.of(List.of())).isEqualTo(new Verdict.GiveBack());
    assertThat(verdict(new WorkStoppedException("The worker stops.")))
        .isEqualTo(new Verdict.GiveBack());
    assertThat(verdict(new JobInterruptedException("The worker stops or the scan ended.")))
        .isEqualTo(new Verdict.GiveBack());
    assertThat(verdict(new LeaseLostException(new Lease("scan/1/2", 7, false))))
        .isEqualTo(new Verdict.GiveBack());
  }

  @Test
  void scanThatEndedMeanwhileLeavesNothingToDo() {
    assertThat(verdict(new ScanNotActiveException(new UUID(1, 2)))).isEqualTo(new Verdict.Done());
  }

  @ParameterizedTest
  @EnumSource(
      value = ConnectionProblem.class,
      names = {"SAS_EXPIRED", "SAS_MISSING_READ", "SIGNATURE_INVALID", "FIREWALL_BLOCKED"})
  void refusedCredentialPausesTheScan(ConnectionProblem problem) {
    assertThat(verdict(refused(SourceException.Kind.AUTH, problem)))
        .isEqualTo(new Verdict.Pause(problem, "refused", null));
  }

  @Test
  void rootThatIsGoneFailsTheScan() {
    assertThat(
            verdict(
                refused(SourceException.Kind.UNAVAILABLE, ConnectionProblem.SOURCE_UNAVAILABLE)))
        .isEqualTo(new Verdict.Fail(ConnectionProblem.SOURCE_UNAVAILABLE, "refused", null));
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceException.Kind.class,
      names = {"BUSY", "MISSING", "CHANGED", "ARCHIVED"})
  void otherRefusalsAreTriedAgain(SourceException.Kind kind) {
    var refusal = refused(kind, null);
    assertThat(verdict(refusal)).isEqualTo(new Verdict.TryAgain(refusal));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "08001", "57P01", "57P03", "25P03", "53300"})
  void databaseThatIsAwayIsWaitedFor(String state) {
    assertThat(verdict(new SQLException("gone", state))).isInstanceOf(Verdict.AwaitDatabase.class);
  }

  @Test
  void springsWordsForAnAbsentDatabaseCountToo() {
    assertThat(verdict(new DataAccessResourceFailureException("gone")))
        .isInstanceOf(Verdict.AwaitDatabase.class);
    assertThat(verdict(new CannotCreateTransactionException("gone")))
        .isInstanceOf(Verdict.AwaitDatabase.class);
  }

  @Test
  void otherFailuresAreTriedAgainAndCount() {
    var broken = new IllegalStateException("checkpoint");
    assertThat(verdict(broken)).isEqualTo(new Verdict.TryAgain(broken));
    var deadlock = new CannotAcquireLockException("x", new SQLException("lock", "40P01"));
    assertThat(verdict(deadlock)).isEqualTo(new Verdict.TryAgain(deadlock));
    var stateless = new SQLException("odd");
    assertThat(verdict(stateless)).isEqualTo(new Verdict.TryAgain(stateless));
  }

  @Test
  void causeIsFoundHoweverDeepItLies() {
    var refusal = refused(SourceException.Kind.AUTH, ConnectionProblem.SAS_EXPIRED);
    var wrapped = new IllegalStateException(new ItemStreamException("chunk", refusal));
    assertThat(verdict(wrapped))
        .isEqualTo(new Verdict.Pause(ConnectionProblem.SAS_EXPIRED, "refused", null));
  }

  @Test
  void firstFailureWithAKnownCauseDecides() {
    var unknown = new IllegalStateException("follows from the other");
    var ended = new ScanNotActiveException(new UUID(1, 2));
    var refusal = refused(SourceException.Kind.AUTH, ConnectionProblem.SAS_EXPIRED);
    assertThat(Verdict.of(List.of(unknown, ended, refusal))).isEqualTo(new Verdict.Done());
    assertThat(Verdict.of(List.of(refusal, ended))).isInstanceOf(Verdict.Pause.class);
    assertThat(Verdict.of(List.of(unknown, new IllegalStateException("second"))))
        .isEqualTo(new Verdict.TryAgain(unknown));
  }

  @Test
  void tooLargeSourcesFailTheScanWithTheirOwnCode() {
    assertThat(DiscoveryProblem.SOURCE_TOO_LARGE.fix()).isEqualTo("Split the source by prefix.");
    assertThat(verdict(new SourceTooLargeException()))
        .isEqualTo(
            new Verdict.Fail(
                DiscoveryProblem.SOURCE_TOO_LARGE,
                "The source has more than 10,000,000 files.",
                null));
  }

  /** Section 2.2: the scan tells its real end, and a silent store is no poison. */
  @Test
  void orderGivenUpTellsItsLastCause() {
    var poisoned = DiscoveryProblem.PARTITION_POISONED;
    assertThat(Verdict.givenUp("Partition 3", null, poisoned))
        .isEqualTo(
            new Verdict.Fail(poisoned, "Partition 3 failed ten times, its workers died.", null));
    var broken = new ItemStreamException("chunk", new IllegalStateException("MARKER"));
    assertThat(Verdict.givenUp("Partition 3", broken, poisoned))
        .isEqualTo(
            new Verdict.Fail(
                poisoned,
                "Partition 3 failed ten times, at last for IllegalStateException.",
                null));
    var busy = refused(SourceException.Kind.BUSY, ConnectionProblem.SOURCE_BUSY);
    assertThat(Verdict.givenUp("Listing", new IllegalStateException(busy), poisoned))
        .isEqualTo(
            new Verdict.Fail(
                ConnectionProblem.SOURCE_UNAVAILABLE,
                "Listing failed ten times, at last for SOURCE_BUSY: refused",
                null));
    assertThat(Verdict.givenUp("Listing", refused(SourceException.Kind.BUSY, null), poisoned))
        .isEqualTo(
            new Verdict.Fail(
                ConnectionProblem.SOURCE_UNAVAILABLE,
                "Listing failed ten times, at last for BUSY: refused",
                null));
  }

  private static Verdict verdict(Throwable failure) {
    return Verdict.of(List.of(failure));
  }

  private static SourceException refused(
      SourceException.Kind kind, @Nullable ConnectionProblem problem) {
    return new SourceException(kind, problem, "refused", null, null);
  }
}
