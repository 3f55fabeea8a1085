package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Judges bearer tokens (RFC 7519, RFC 8725) by the checks of {@link TokenCheck} in their order; the
 * first that fails is the reason told. Thread-safe; a key set is fetched at its first token.
 */
@Component
public class Tokens {

  /** How long another instance's wish for fresh keys may stay unnoticed. */
  private static final Duration GLANCE = Duration.ofSeconds(3);

  private final AccessSettings settings;
  private final Clock clock;
  private final Issuers issuers;
  private final KeySetRefreshes refreshes;
  private final AccessCounts counts;
  private final AtomicReference<Instant> lookedAt = new AtomicReference<>(Instant.MIN);
  private final AtomicLong refreshSeen = new AtomicLong(-1);

  @Autowired
  Tokens(
      AccessSettings settings,
      Clock clock,
      AccessCounts counts,
      FurtherIssuer.Directory further,
      KeySetRefreshes refreshes) {
    this.settings = settings;
    this.clock = clock;
    this.counts = counts;
    this.issuers = new Issuers(settings, clock, counts, further);
    this.refreshes = refreshes;
  }

  /** For the provider of all tenants alone, without a database. */
  public Tokens(AccessSettings settings, Clock clock) {
    this(settings, clock, new AccessCounts(), List::of, KeySetRefreshes.none());
  }

  /**
   * Whom an {@code Authorization} header names.
   *
   * @throws ProblemException AUTH_TOKEN_MISSING, AUTH_TOKEN_INVALID (with {@code details.reason})
   *     or IDENTITY_PROVIDER_UNAVAILABLE; a {@link KeptOutException} where the signature is right
   */
  public Identity identityOf(@Nullable String authorization) {
    try {
      return judged(authorization);
    } catch (ProblemException refusal) {
      Object reason = refusal.details().get("reason");
      counts.refused(reason == null ? refusal.problem().name() : reason.toString());
      throw refusal;
    }
  }

  private Identity judged(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw new ProblemException(
          AccessProblem.AUTH_TOKEN_MISSING, "The request carries no Authorization header.");
    }
    if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw Refusals.invalid("MALFORMED", "The Authorization header is not a bearer token.");
    }
    TokenTrial trial = trial(authorization.substring(7).strip());
    try {
      TokenTrial.CHECKS.forEach(trial::make);
    } catch (ProblemException e) {
      throw trial.vouched().<ProblemException>map(who -> new KeptOutException(who, e)).orElse(e);
    }
    return trial.identity();
  }

  /** Every check of a token, also those behind one that failed. Grants and keeps nothing. */
  TokenExplanation explain(String token) {
    TokenTrial trial = trial(token.strip());
    List<TokenExplanation.Finding> findings = new ArrayList<>();
    TokenTrial.CHECKS.forEach(check -> findings.add(TokenExplanation.finding(trial, check)));
    TokenText found = trial.found();
    TrustedIssuer issuer = trial.foundIssuer();
    return new TokenExplanation(
        findings.stream().allMatch(TokenExplanation.Finding::passed),
        clock.instant(),
        List.copyOf(findings),
        found == null ? null : found.header(),
        found == null ? null : found.payload(),
        issuer == null ? null : issuer.keys().inHand());
  }

  private TokenTrial trial(String token) {
    noticeRefreshes();
    return new TokenTrial(token, settings, issuers, clock.instant());
  }

  /** Asks the database now and then whether somebody wants fresh keys. */
  private void noticeRefreshes() {
    Instant now = clock.instant();
    Instant last = lookedAt.get();
    if (now.isBefore(last.plus(GLANCE)) || !lookedAt.compareAndSet(last, now)) {
      return;
    }
    long latest = refreshes.latest();
    long seen = refreshSeen.getAndSet(latest);
    if (seen >= 0 && latest > seen) {
      issuers.keySets().forEach(KeySet::refresh);
    }
  }

  /** Has all key sets of this instance fetched now; what each came to. */
  List<HeldKeys> refresh() {
    issuers.keySets().forEach(KeySet::refresh);
    return issuers.keySets().stream().map(KeySet::fetchNow).toList();
  }

  /**
   * Whether tokens can be judged: a key set of everybody's provider that is at most 24 hours old is
   * held. Fetches it where that is due, as a token would.
   */
  public boolean keysAreHeld() {
    noticeRefreshes();
    return issuers.everybodysKeys().isHeld();
  }

  /** The same without asking the provider or the database. */
  public boolean keysAreInHand() {
    return issuers.everybodysKeys().isInHand();
  }

  /** What this instance holds of each issuer's keys, without asking a provider. */
  public List<HeldKeys> held() {
    return issuers.keySets().stream().map(KeySet::inHand).toList();
  }
}
