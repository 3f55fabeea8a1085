package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.operations.Readiness.Status;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** 40-26: what counts as ready. */
class ReadinessTests {

  private final AtomicInteger asked = new AtomicInteger();

  private record Check(String name, boolean required, Runnable work) implements ReadinessCheck {
    @Override
    public void check() {
      work.run();
    }
  }

  private Check fine(String name) {
    return new Check(name, true, asked::incrementAndGet);
  }

  private static Check broken(String name, boolean required) {
    return new Check(
        name,
        required,
        () -> {
          throw new IllegalStateException("No route, sig=PLANTED.");
        });
  }

  private static Readiness of(ReadinessCheck... checks) {
    return new Readiness(List.of(checks), () -> "c", Clock.systemUTC());
  }

  @Test
  void allThereIsReadyAndRememberedForTwoSeconds() {
    Readiness readiness = of(fine("service_bus"), fine("database"));

    assertThat(readiness.now().status()).isEqualTo(Status.READY);
    assertThat(readiness.now().checks().keySet()).containsExactly("database", "service_bus");
    assertThat(readiness.now().httpStatus()).isEqualTo(200);
    assertThat(asked).hasValue(2);
  }

  @Test
  void withoutSomethingRequiredItIsNotReady() {
    Readiness.State state = of(broken("database", true), fine("service_bus")).now();

    assertThat(state.status()).isEqualTo(Status.NOT_READY);
    assertThat(state.httpStatus()).isEqualTo(503);
    assertThat(state.checks()).containsEntry("database", false).containsEntry("service_bus", true);
  }

  @Test
  void withoutSomethingElseItIsDegradedAndServes() {
    Readiness.State state = of(broken("vector_store", false), fine("database")).now();

    assertThat(state.status()).isEqualTo(Status.DEGRADED);
    assertThat(state.httpStatus()).isEqualTo(200);
  }

  @Test
  void aSilentCheckIsGivenUpOnAfterTwoSecondsWhileOthersAreAsked() {
    var silent = new Check("database", true, ReadinessTests::sleep);
    var silentToo = new Check("blob_storage", true, ReadinessTests::sleep);
    Readiness readiness = of(silent, silentToo, fine("service_bus"));
    long begin = System.nanoTime();

    Readiness.State state = readiness.now();

    assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(1_900L, 3_500L);
    assertThat(state.checks())
        .containsEntry("database", false)
        .containsEntry("blob_storage", false)
        .containsEntry("service_bus", true);
  }

  @Test
  void anInstanceThatClosesIsNotReadyWhateverIsThere() {
    Readiness readiness = of(fine("database"));
    readiness.close();

    assertThat(readiness.now().status()).isEqualTo(Status.NOT_READY);
    assertThat(readiness.now().checks()).containsEntry("database", true);
  }

  @Test
  void peopleAreToldTheLastErrorWithoutItsSecrets() {
    assertThat(of(broken("database", true)).checked())
        .singleElement()
        .satisfies(
            one -> assertThat(one.lastError()).contains("No route").doesNotContain("PLANTED"));
  }

  private static void sleep() {
    try {
      Thread.sleep(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
