package io.dorsal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatientSourceTests {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Refusing store = new Refusing();

  private static void goOn() {}

  @Test
  void triesAgainUntilTheStoreAnswers() {
    store.refuse(SourceException.Kind.BUSY, Duration.ofMillis(1));
    store.refuse(SourceException.Kind.BUSY, Duration.ofMillis(1));
    var patient = new PatientSource(store, LONG, PatientSourceTests::goOn);
    assertThat(patient.read("a", "\"1\"", 0, 3)).hasSize(3);
    assertThat(store.requests.get()).isEqualTo(3);
    store.refuse(SourceException.Kind.BUSY, Duration.ofMillis(1));
    assertThat(patient.stat("a").path()).isEqualTo("a");
    store.refuse(SourceException.Kind.BUSY, Duration.ofMillis(1));
    assertThat(patient.list("", null).files()).isEmpty();
    assertThat(store.requests.get()).isEqualTo(7);
  }

  @Test
  void waitsAsLongAsTheStoreAsks() {
    store.refuse(SourceException.Kind.BUSY, Duration.ofMillis(700));
    long begun = System.nanoTime();
    new PatientSource(store, LONG, PatientSourceTests::goOn).stat("a");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(700), Duration.ofMillis(2_500));
  }

  @Test
  void waitsLongerEachTimeWhereTheStoreSaysNothing() {
    store.refuse(SourceException.Kind.BUSY, null);
    store.refuse(SourceException.Kind.BUSY, null);
    long begun = System.nanoTime();
    new PatientSource(store, LONG, PatientSourceTests::goOn).stat("a");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(750), Duration.ofMillis(3_000));
  }

  @Test
  void givesUpWhenItsPatienceIsUsedUp() {
    for (int i = 0; i < 100; i++) {
      store.refuse(SourceException.Kind.BUSY, Duration.ofMillis(20));
    }
    var patient = new PatientSource(store, Duration.ofMillis(100), PatientSourceTests::goOn);
    var refusal = catchThrowableOfType(SourceException.class, () -> patient.stat("a"));
    assertThat(refusal.kind()).isEqualTo(SourceException.Kind.BUSY);
    assertThat(store.requests.get()).isBetween(2, 12);
  }

  @Test
  void doesNotWaitBeyondItsPatience() {
    store.refuse(SourceException.Kind.BUSY, Duration.ofSeconds(60));
    var patient = new PatientSource(store, Duration.ofSeconds(1), PatientSourceTests::goOn);
    Instant begun = Instant.now();
    assertThatThrownBy(() -> patient.stat("a")).isInstanceOf(SourceException.class);
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @EnumSource(value = SourceException.Kind.class, names = "BUSY", mode = EnumSource.Mode.EXCLUDE)
  void passesEverythingElseOnAtOnce(SourceException.Kind kind) {
    store.refuse(kind, null);
    var patient = new PatientSource(store, LONG, PatientSourceTests::goOn);
    var refusal = catchThrowableOfType(SourceException.class, () -> patient.stat("a"));
    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(store.requests.get()).isEqualTo(1);
  }

  @Test
  void asksNothingOnceToldToStop() {
    var patient =
        new PatientSource(
            store,
            LONG,
            () -> {
              throw new CancellationException("stop");
            });
    assertThatThrownBy(() -> patient.stat("a")).isInstanceOf(CancellationException.class);
    assertThat(store.requests.get()).isZero();
  }

  @Test
  void stopsWithinASecondWhileItWaits() {
    store.refuse(SourceException.Kind.BUSY, Duration.ofSeconds(60));
    var asked = new AtomicInteger();
    var patient =
        new PatientSource(
            store,
            LONG,
            () -> {
              if (asked.incrementAndGet() > 2) {
                throw new CancellationException("stop");
              }
            });
    Instant begun = Instant.now();
    assertThatThrownBy(() -> patient.stat("a")).isInstanceOf(CancellationException.class);
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
  }

  /** Refuses as told, then answers. */
  private static final class Refusing implements Source {
    private final Deque<SourceException> refusals = new ArrayDeque<>();
    private final AtomicInteger requests = new AtomicInteger();

    void refuse(SourceException.Kind kind, @Nullable Duration retryAfter) {
      refusals.add(new SourceException(kind, null, "refused", retryAfter, null));
    }

    private void asked() {
      requests.incrementAndGet();
      SourceException refusal = refusals.poll();
      if (refusal != null) {
        throw refusal;
      }
    }

    @Override
    public SourcePage list(String prefix, @Nullable String continuation) {
      asked();
      return new SourcePage(List.of(), null);
    }

    @Override
    public byte[] read(String path, String etag, long offset, int length) {
      asked();
      return new byte[length];
    }

    @Override
    public ListedFile stat(String path) {
      asked();
      return new ListedFile(path, 1, "\"1\"", Instant.EPOCH, null, null, false, false);
    }
  }
}
