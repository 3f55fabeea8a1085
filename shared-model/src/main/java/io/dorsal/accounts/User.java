package io.dorsal.accounts;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person in a tenant, as the database has them now. Immutable.
 *
 * @param account null until an invited user signs in, and once erased
 * @param deletedAt when deleted; 30 days later the personal data goes
 * @param version grows with each change but sign-ins; becomes the entity tag
 */
public record User(
    UUID tenantId,
    UUID id,
    @Nullable Account account,
    Profile profile,
    Standing standing,
    @Nullable Instant lastSignInAt,
    @Nullable Instant deletedAt,
    @Nullable Instant erasedAt,
    Instant createdAt,
    int version) {

  /** How somebody is named whose personal data is erased. */
  public static final String FORMER_MEMBER = "former member";

  /**
   * Whom the provider knows.
   *
   * @param issuer without a slash at its end
   */
  public record Account(String issuer, String subject) {

    static Account of(String issuer, String subject) {
      return new Account(
          issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer, subject);
    }
  }

  /**
   * What the provider, or who invited the user, says of the person.
   *
   * @param toldAt when the provider said so; what it said earlier does not replace it
   */
  public record Profile(
      @Nullable String email,
      boolean emailVerified,
      @Nullable String displayName,
      @Nullable Instant toldAt) {

    static final Profile ERASED = new Profile(null, false, null, null);

    /** Whether what was said then is not older than this. */
    boolean followedBy(Instant said) {
      return toldAt == null || !said.isBefore(toldAt);
    }

    boolean saysSameAs(Profile other) {
      return Objects.equals(email, other.email)
          && emailVerified == other.emailVerified
          && Objects.equals(displayName, other.displayName);
    }
  }

  /**
   * Whether the user may come in.
   *
   * @param active the column {@code is_active}, which people also change by hand
   * @param via null where nobody deactivated the user, or somebody did by hand
   * @param identityDisabled whether the provider's last word was that the account is disabled
   */
  public record Standing(
      UserStatus status,
      boolean active,
      @Nullable Instant deactivatedAt,
      @Nullable DeactivatedVia via,
      @Nullable String reason,
      boolean identityDisabled) {

    /** Both columns must say so. */
    public boolean admitted() {
      return active && status.admitted();
    }

    /** By what the user is kept out; null where it is not. */
    public @Nullable DeactivatedVia keptOutVia() {
      if (admitted()) {
        return null;
      }
      return via == null ? DeactivatedVia.UNKNOWN : via;
    }

    Standing of(UserStatus other) {
      return new Standing(other, active, deactivatedAt, via, reason, identityDisabled);
    }

    Standing said(boolean disabled) {
      return new Standing(status, active, deactivatedAt, via, reason, disabled);
    }
  }

  /** The name to show. */
  public @Nullable String shownName() {
    return erasedAt == null ? profile.displayName() : FORMER_MEMBER;
  }

  User with(Account other) {
    return new User(
        tenantId,
        id,
        other,
        profile,
        standing,
        lastSignInAt,
        deletedAt,
        erasedAt,
        createdAt,
        version);
  }

  User with(Profile other) {
    return new User(
        tenantId,
        id,
        account,
        other,
        standing,
        lastSignInAt,
        deletedAt,
        erasedAt,
        createdAt,
        version);
  }

  User with(Standing other) {
    return new User(
        tenantId,
        id,
        account,
        profile,
        other,
        lastSignInAt,
        deletedAt,
        erasedAt,
        createdAt,
        version);
  }

  /** Came in; a pending or inactive user is active from then on. */
  User signedIn(Instant now) {
    return new User(
        tenantId,
        id,
        account,
        profile,
        standing.of(UserStatus.ACTIVE),
        now,
        deletedAt,
        erasedAt,
        createdAt,
        version);
  }

  /** Kept out from now on. */
  User deactivated(DeactivatedVia via, @Nullable String reason, Instant now) {
    UserStatus status =
        standing.status() == UserStatus.DELETED ? UserStatus.DELETED : UserStatus.SUSPENDED;
    return with(new Standing(status, false, now, via, reason, standing.identityDisabled()));
  }

  /** Let in again, whatever was wrong. */
  User activated() {
    return new User(
        tenantId,
        id,
        account,
        profile,
        new Standing(UserStatus.ACTIVE, true, null, null, null, standing.identityDisabled()),
        lastSignInAt,
        null,
        null,
        createdAt,
        version);
  }

  /** To be erased 30 days from now. */
  User deleted(Instant now) {
    var left =
        new Standing(
            UserStatus.DELETED,
            false,
            standing.deactivatedAt() == null ? now : standing.deactivatedAt(),
            standing.via() == null ? DeactivatedVia.ADMIN : standing.via(),
            standing.reason(),
            standing.identityDisabled());
    return new User(
        tenantId, id, account, profile, left, lastSignInAt, now, erasedAt, createdAt, version);
  }

  /** Without anything that tells who it was. */
  User erased(Instant now) {
    var left =
        new Standing(
            UserStatus.DELETED,
            false,
            standing.deactivatedAt(),
            standing.via(),
            null,
            standing.identityDisabled());
    return new User(
        tenantId, id, null, Profile.ERASED, left, null, deletedAt, now, createdAt, version);
  }
}
