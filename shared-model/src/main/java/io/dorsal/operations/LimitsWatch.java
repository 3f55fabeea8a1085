package io.dorsal.operations;

import io.dorsal.access.CallLimits;
import java.util.List;
import org.springframework.stereotype.Component;

/** Calls that nobody counted, for as long as the store of the limits could not be asked. */
@Component
class LimitsWatch implements Sampler {

  private final CallLimits limits;

  LimitsWatch(CallLimits limits) {
    this.limits = limits;
  }

  @Override
  public List<Sample> sample() {
    return List.of(Sample.of(Metric.RATE_LIMIT_UNCOUNTED, (double) limits.passedUncounted()));
  }
}
