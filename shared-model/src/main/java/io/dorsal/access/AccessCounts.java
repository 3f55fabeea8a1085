package io.dorsal.access;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * What happened at the door since this process began, for its metrics. Names of keys and persons
 * are never counted by. Thread-safe.
 */
@Component
public class AccessCounts {

  /**
   * A fetch of an issuer's key set.
   *
   * @param result {@code ok} or {@code failed}
   */
  public record Fetch(String issuer, String result) {}

  private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
  private final Map<Fetch, LongAdder> fetches = new ConcurrentHashMap<>();

  /**
   * Counts a credential that was not accepted.
   *
   * @param reason the reason of 401 AUTH_TOKEN_INVALID, else the refusal's code
   */
  public void refused(String reason) {
    refusals.computeIfAbsent(reason, key -> new LongAdder()).increment();
  }

  void fetched(String issuer, boolean good) {
    fetches
        .computeIfAbsent(new Fetch(issuer, good ? "ok" : "failed"), key -> new LongAdder())
        .increment();
  }

  /** Refused credentials by reason. */
  public Map<String, Long> refusals() {
    Map<String, Long> counted = new TreeMap<>();
    refusals.forEach((reason, count) -> counted.put(reason, count.sum()));
    return counted;
  }

  /** Fetches of key sets by issuer and result. */
  public Map<Fetch, Long> fetches() {
    Map<Fetch, Long> counted = new ConcurrentHashMap<>();
    fetches.forEach((fetch, count) -> counted.put(fetch, count.sum()));
    return counted;
  }
}
