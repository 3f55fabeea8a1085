package io.dorsal.operations;

import io.dorsal.access.AccessCounts;
import io.dorsal.access.HeldKeys;
import io.dorsal.access.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The key sets of the identity providers: how often they were fetched and how old they are. Without
 * a usable one people cannot sign in; what machines do goes on, so that only degrades.
 */
@Component
class IdentityWatch implements Sampler, ReadinessCheck {

  private final Tokens tokens;
  private final AccessCounts counts;

  IdentityWatch(Tokens tokens, AccessCounts counts) {
    this.tokens = tokens;
    this.counts = counts;
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
    if (!tokens.keysAreInHand() && !tokens.keysAreHeld()) {
      throw new IllegalStateException("No key set of the last 24 hours is held.");
    }
  }

  @Override
  public List<Sample> sample() {
    List<Sample> samples = new ArrayList<>();
    counts
        .fetches()
        .forEach(
            (fetch, count) ->
                samples.add(Sample.of(Metric.JWKS_FETCHES, count, fetch.issuer(), fetch.result())));
    for (HeldKeys held : tokens.held()) {
      if (held.ageSeconds() != null) {
        samples.add(Sample.of(Metric.JWKS_AGE, held.ageSeconds(), held.issuer()));
      }
    }
    return samples;
  }
}
