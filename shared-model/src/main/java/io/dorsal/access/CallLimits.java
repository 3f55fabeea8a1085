package io.dorsal.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * How many calls a minute are answered, over all instances. Where limits are switched off, or it is
 * not known who calls, nothing is counted. Thread-safe.
 */
@Component
public class CallLimits {

  /** Of a token or key. */
  static final int TRANSFERS = 3_000;

  static final int DIAGNOSTICS = 10;
  static final int FAILED_KEYS = 20;

  private final RateLimiter limiter;
  private final RateStore store;
  private final RequestSettings settings;
  private final ObjectProvider<RateLimits.Settings> limits;

  CallLimits(
      RateLimiter limiter,
      RateStore store,
      RequestSettings settings,
      ObjectProvider<RateLimits.Settings> limits) {
    this.limiter = limiter;
    this.store = store;
    this.settings = settings;
    this.limits = limits;
  }

  /**
   * Charges a call to its token or key, its user and its tenant.
   *
   * @param credential the token or key as it was sent; only its digest is kept
   * @param units what the call costs, at least one
   * @throws RateLimitedException RATE_LIMITED
   */
  public Optional<Budget> admit(Caller caller, String credential, int units) {
    if (!settings.rateLimits()) {
      return Optional.empty();
    }
    RateLimits limit =
        Optional.ofNullable(limits.getIfAvailable())
            .map(given -> given.of(caller.tenantId()))
            .orElse(RateLimits.DEFAULT);
    List<RateLimiter.Charge> charges = new ArrayList<>();
    charges.add(charge(Dimension.TOKEN, credential, limit.token(), units));
    charges.add(charge(Dimension.USER, user(caller), limit.user(), units));
    String tenant = caller.tenantId().toString();
    charges.add(charge(Dimension.TENANT, tenant, limit.tenant(), units));
    return Optional.of(limiter.admit(charges));
  }

  /**
   * Charges a chunk or range of a file to its token or key, in a minute of its own: it costs
   * nothing of {@link #admit}'s.
   *
   * @throws RateLimitedException RATE_LIMITED
   */
  public Optional<Budget> admitTransfer(String credential) {
    return alone(Dimension.TRANSFER, credential, TRANSFERS);
  }

  /**
   * Charges one of an administrator's expensive questions, besides {@link #admit}.
   *
   * @throws RateLimitedException RATE_LIMITED
   */
  public Optional<Budget> admitDiagnostics(Caller caller) {
    return alone(Dimension.DIAGNOSTICS, user(caller), DIAGNOSTICS);
  }

  /**
   * Charges a call without a login to its address.
   *
   * @throws RateLimitedException RATE_LIMITED
   */
  public Optional<Budget> admitAddress(@Nullable ClientAddress address, int perMinute) {
    return address == null
        ? Optional.empty()
        : alone(Dimension.ADDRESS, perMinute + "/" + address.network(), perMinute);
  }

  /**
   * Counts a key that nobody has.
   *
   * @throws RateLimitedException RATE_LIMITED behind the twentieth in a minute
   */
  public void failedKey(@Nullable ClientAddress address) {
    if (address != null) {
      alone(Dimension.FAILED_KEYS, address.network(), FAILED_KEYS);
    }
  }

  /** Calls that passed because the store could not be asked, since the start. */
  public long passedUncounted() {
    return limiter.passedUncounted();
  }

  /** Forgets minutes that are over; harmless where several instances do it at once. */
  public void forgetOld() {
    store.forgetOld();
  }

  private Optional<Budget> alone(Dimension dimension, String name, int limit) {
    return settings.rateLimits()
        ? Optional.of(limiter.admit(List.of(charge(dimension, name, limit, 1))))
        : Optional.empty();
  }

  private static String user(Caller caller) {
    return caller.tenantId() + "/" + caller.actor();
  }

  private static RateLimiter.Charge charge(Dimension dimension, String name, int limit, int cost) {
    return new RateLimiter.Charge(dimension, RateKeys.of(dimension, name), limit, cost);
  }
}
