package io.dorsal.accounts;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Identity;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in: an unknown person becomes a user, an invited one is recognized, and what the token
 * says of the person is followed. Thread-safe.
 */
@Component
class Arrivals {

  /** A sign-in that changes nothing is noted no more often. */
  private static final Duration NOTED = Duration.ofMinutes(10);

  private final UserRows users;
  private final ProviderGroups groups;
  private final AccountJournal journal;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Arrivals(
      UserRows users,
      ProviderGroups groups,
      AccountJournal journal,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.users = users;
    this.groups = groups;
    this.journal = journal;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * The user of this account after its sign-in. Of many at once with the same new account one makes
   * the user. One who is kept out is returned as it is.
   *
   * @throws ProblemException AUTHZ_USER_UNKNOWN where an unknown person does not become a user
   */
  User arrive(Identity identity, User.Account account, SignInRules rules) {
    Optional<User> known = users.named(identity.tenantId(), account);
    if (known.isPresent() && !news(known.get(), identity)) {
      return known.get();
    }
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              oneAtATime(identity.tenantId(), account);
              User user =
                  users
                      .named(identity.tenantId(), account)
                      .flatMap(found -> users.locked(found.tenantId(), found.id()))
                      .orElseGet(() -> newcomer(identity, account, rules));
              return user.standing().admitted() ? followed(user, identity) : user;
            }));
  }

  /** Whether there may be anything to write. */
  private boolean news(User user, Identity identity) {
    return user.standing().status() != UserStatus.ACTIVE
        || longAgo(user)
        || identity.groups() != null
        || !told(user, identity).saysSameAs(user.profile());
  }

  private boolean longAgo(User user) {
    Instant last = user.lastSignInAt();
    return last == null || last.plus(NOTED).isBefore(clock.instant());
  }

  private void oneAtATime(UUID tenantId, User.Account account) {
    jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtextextended(:who, 0)))")
        .param("who", tenantId + " " + account.issuer() + " " + account.subject())
        .query(Integer.class)
        .single();
  }

  private User newcomer(Identity identity, User.Account account, SignInRules rules) {
    String email = identity.email();
    if (email != null && identity.emailVerified()) {
      Optional<User> invited = users.invited(identity.tenantId(), email);
      if (invited.isPresent()) {
        return invited.get().with(account);
      }
    }
    if (!rules.admit(email)) {
      throw new ProblemException(
          AccessProblem.AUTHZ_USER_UNKNOWN,
          "There is no account for this sign-in, and the tenant does not make one by itself.");
    }
    var profile =
        new User.Profile(email, identity.emailVerified(), identity.name(), said(identity));
    User made =
        users
            .add(identity.tenantId(), UserStatus.ACTIVE, account, profile, clock.instant())
            .orElseThrow(() -> new IllegalStateException("The account is locked, and yet taken"));
    journal.made("user.created", made.id().toString(), made, Map.of("via", "SIGN_IN"));
    return made;
  }

  private User followed(User user, Identity identity) {
    Instant now = clock.instant();
    User.Profile told = told(user, identity);
    boolean changed =
        !told.saysSameAs(user.profile()) || user.standing().status() != UserStatus.ACTIVE;
    if (identity.groups() != null && user.profile().followedBy(said(identity))) {
      String issuer = Objects.requireNonNull(user.account()).issuer();
      changed |= groups.replace(user, issuer, identity.groups());
    }
    User next = user.with(told).signedIn(now);
    if (changed) {
      User saved = users.save(next);
      journal.user("user.followed", saved.id().toString(), user, saved, Map.of());
      return saved;
    }
    if (longAgo(user)) {
      users.signedIn(user, now);
    }
    return user;
  }

  /** What the token says of the person, where that is not older than what is known. */
  private User.Profile told(User user, Identity identity) {
    User.Profile known = user.profile();
    Instant said = said(identity);
    if (!known.followedBy(said)) {
      return known;
    }
    String email = identity.email();
    return new User.Profile(
        email == null ? known.email() : email,
        email == null ? known.emailVerified() : identity.emailVerified(),
        identity.name() == null ? known.displayName() : identity.name(),
        said);
  }

  private Instant said(Identity identity) {
    return identity.issuedAt() == null ? clock.instant() : identity.issuedAt();
  }
}
