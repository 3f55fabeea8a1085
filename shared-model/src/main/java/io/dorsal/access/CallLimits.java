package io.dorsal.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many calls a minute are answered, over all instances. Where limits are switched off, or it is
 * not known who calls, nothing is counted. Thread-safe.
 */
@Component
public class CallLimits {

  static final int DIAGNOSTICS = 10;
  static final int FAILED_KEYS = 20;

  /** Calls without a login that do not sign in. */
  public static final int UNSIGNED = 300;

  /** Calls that sign in. */
  public static final int SIGN_IN = 60;

  private final RateLimiter limiter;
  private final RateStore store;
  private final TenantRates tenants;
  private final RequestSettings settings;
  private final ProbeMinutes probes;

  CallLimits(
      RateLimiter limiter,
      RateStore store,
      TenantRates tenants,
      RequestSettings settings,
      ProbeMinutes probes) {
    this.probes = probes;
    this.limiter = limiter;
    this.store = store;
    this.tenants = tenants;
    this.settings = settings;
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
    TenantRates.Rates rates = tenants.rates(caller.tenantId());
    return Optional.of(
        limiter.admit(
            List.of(
                charge(Dimension.TOKEN, credential, rates.token(), units),
                charge(Dimension.USER, user(caller), rates.user(), units),
                charge(Dimension.TENANT, caller.tenantId().toString(), rates.tenant(), units))));
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
    return address == null || !settings.rateLimits()
        ? Optional.empty()
        : Optional.of(limiter.admit(List.of(unsigned(address, perMinute))));
  }

  private static RateLimiter.Charge unsigned(ClientAddress address, int perMinute) {
    return charge(Dimension.ADDRESS, perMinute + "/" + address.network(), perMinute, 1);
  }

  /**
   * Charges a load balancer's question to its address, without the store that instances share.
   *
   * @throws RateLimitedException RATE_LIMITED
   */
  public Optional<Budget> admitProbe(@Nullable ClientAddress address) {
    return address == null || !settings.rateLimits()
        ? Optional.empty()
        : Optional.of(probes.admit(address.network(), UNSIGNED));
  }

  /**
   * What an address has left of its calls without a login, as far as this instance knows; charges
   * nothing. For calls that are refused before it is known who calls.
   */
  public Optional<Budget> left(@Nullable ClientAddress address) {
    return address == null || !settings.rateLimits()
        ? Optional.empty()
        : Optional.of(limiter.left(unsigned(address, UNSIGNED)));
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
