package io.dorsal.local;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** A clock that stands where a test sets it; add it to {@link RoomsForTests#on}. */
@Configuration(proxyBeanMethods = false)
public class ClockForTests {

  /** Sets the clock of its context. */
  public static final class Hand {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    public void set(Instant instant) {
      now.set(instant);
    }
  }

  @Bean
  Hand hand() {
    return new Hand();
  }

  @Bean
  @Primary
  Clock clockOfTheTest(Hand hand) {
    InstantSource source = hand.now::get;
    return source.withZone(ZoneOffset.UTC);
  }
}
