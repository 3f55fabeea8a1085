package io.dorsal.functions.access;

import io.dorsal.access.TenantRole;
import io.dorsal.accounts.DeactivatedVia;
import io.dorsal.accounts.HeldRole;
import io.dorsal.accounts.User;
import io.dorsal.accounts.UserStatus;
import io.dorsal.accounts.Users;
import io.dorsal.functions.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as administrators see it.
 *
 * @param role the highest in the tenant
 * @param roles all of them, with the group that each comes from
 * @param warnings what the one who asked should know
 */
record UserAnswer(
    UUID id,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String displayName,
    UserStatus status,
    boolean isActive,
    @Nullable String deactivatedAt,
    @Nullable DeactivatedVia deactivatedVia,
    @Nullable String deactivatedReason,
    TenantRole role,
    List<HeldRole> roles,
    @Nullable String lastSignInAt,
    String createdAt,
    List<String> warnings) {

  /** 200 with the user and its version. */
  static Reply reply(Users.Member member) {
    return Reply.ok(of(member)).withETag(member.user().version());
  }

  static UserAnswer of(Users.Member member) {
    return of(member, List.of());
  }

  static UserAnswer of(Users.Member member, List<String> warnings) {
    User user = member.user();
    User.Standing standing = user.standing();
    return new UserAnswer(
        user.id(),
        user.profile().email(),
        user.profile().emailVerified(),
        user.shownName(),
        standing.status(),
        standing.active(),
        text(standing.deactivatedAt()),
        standing.keptOutVia(),
        standing.reason(),
        member.role(),
        member.held(),
        text(user.lastSignInAt()),
        user.createdAt().toString(),
        warnings);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
