package io.dorsal.operations;

import io.dorsal.access.KeySetState;
import io.dorsal.access.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The key sets of the identity providers: how often they were fetched and how old they are. Without
 * a usable one people cannot sign in; what machines do goes on, so that only degrades.
 */
@Component
class IdentityWatch implements Sampler, ReadinessCheck {

  private static final Duration LONGEST = Duration.ofHours(24);

  private final Tokens tokens;
  private final Clock clock;

  IdentityWatch(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public boolean required() {
    return false;
  }

  /** A fresh instance fetches the set, so that its first request finds it. */
  @Override
  public void check() {
    KeySetState held = tokens.keySet();
    if (held.fetchedAt() == null) {
      held = tokens.fetchedKeySet();
    }
    if (held.fetchedAt() == null || held.fetchedAt().plus(LONGEST).isBefore(clock.instant())) {
      throw new IllegalStateException("No key set of the last 24 hours is held.");
    }
  }

  @Override
  public List<Sample> sample() {
    KeySetState held = tokens.keySet();
    List<Sample> samples = new ArrayList<>();
    samples.add(Sample.of(Metric.JWKS_FETCHES, (double) held.fetched(), held.issuer(), "ok"));
    samples.add(Sample.of(Metric.JWKS_FETCHES, (double) held.failed(), held.issuer(), "error"));
    if (held.fetchedAt() != null) {
      double age = Duration.between(held.fetchedAt(), clock.instant()).toMillis() / 1000.0;
      samples.add(Sample.of(Metric.JWKS_AGE, Math.max(0, age), held.issuer()));
    }
    return samples;
  }
}
