package io.dorsal.accounts;

import java.sql.Types;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an identity provider's event changes here. Of two about one thing the older has no effect
 * once the newer is applied. Thread-safe; called in a transaction.
 */
@Component
class IdentityEffects {

  private static final String NONE = "NONE";

  private final UserRows users;
  private final Tenants tenants;
  private final Grants grants;
  private final ProviderGroups groups;
  private final AccountJournal journal;
  private final JdbcClient jdbc;
  private final Clock clock;

  IdentityEffects(
      UserRows users,
      Tenants tenants,
      Grants grants,
      ProviderGroups groups,
      AccountJournal journal,
      JdbcClient jdbc,
      Clock clock) {
    this.users = users;
    this.tenants = tenants;
    this.grants = grants;
    this.groups = groups;
    this.journal = journal;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Applies it and names the effect: what was done, NONE, STALE or TENANT_UNKNOWN. */
  String of(IdentityEvent event, String issuer, String actor) {
    if (tenants.find(event.tenantId()).isEmpty()) {
      return "TENANT_UNKNOWN";
    }
    // Who administers the tenant must not change under an administrator's hands.
    tenants.lock(event.tenantId());
    if (!isNewest(event, issuer)) {
      return "STALE";
    }
    return switch (event.type()) {
      case "group.created", "group.updated" -> {
        groups.ensure(event.tenantId(), issuer, event.group(), event.groupName());
        yield "GROUP_SAVED";
      }
      case "group.deleted" ->
          groups.delete(event.tenantId(), issuer, event.group()) ? "GROUP_DELETED" : NONE;
      case "group.members_changed" -> members(event, issuer);
      case "tenant.suspended" -> suspended(event.tenantId());
      case "tenant.resumed" -> resumed(event.tenantId());
      default -> user(event, new User.Account(issuer, event.subject()), actor);
    };
  }

  private boolean isNewest(IdentityEvent event, String issuer) {
    jdbc.sql(
            """
            insert into identity_applied (tenant_id, issuer, about)
            values (:tenant, :issuer, :about) on conflict do nothing
            """)
        .param("tenant", event.tenantId())
        .param("issuer", issuer)
        .param("about", event.about())
        .update();
    return jdbc.sql(
                """
                update identity_applied set sequence = coalesce(:sequence, sequence),
                  occurred_at = greatest(occurred_at, :occurred)
                where tenant_id = :tenant and issuer = :issuer and about = :about
                  and not coalesce(:sequence::bigint < sequence, :occurred < occurred_at, false)
                """)
            .param("sequence", event.sequence(), Types.BIGINT)
            .param("occurred", UserRows.time(event.occurredAt()))
            .param("tenant", event.tenantId())
            .param("issuer", issuer)
            .param("about", event.about())
            .update()
        == 1;
  }

  private String user(IdentityEvent event, User.Account account, String actor) {
    Optional<User> found =
        users
            .named(event.tenantId(), account)
            .flatMap(user -> users.locked(user.tenantId(), user.id()));
    if (found.isEmpty()) {
      return event.type().equals("user.created") ? created(event, account, actor) : NONE;
    }
    User before = found.get();
    if (before.erasedAt() != null) {
      return NONE;
    }
    User after = changed(event, before);
    boolean administered = grants.administered(event.tenantId());
    User saved = users.save(after);
    boolean last = administered && !grants.administered(event.tenantId());
    journal.user(
        event.type(), actor, before, saved, last ? Map.of("last_administrator", true) : Map.of());
    return effect(before.standing(), saved.standing());
  }

  private static String effect(User.Standing before, User.Standing after) {
    if (after.status() == UserStatus.DELETED && before.status() != UserStatus.DELETED) {
      return "DELETED";
    }
    if (before.admitted() == after.admitted()) {
      return "UPDATED";
    }
    return after.admitted() ? "ACTIVATED" : "SUSPENDED";
  }

  private User changed(IdentityEvent event, User user) {
    return switch (event.type()) {
      case "user.deactivated" -> {
        User told = user.with(user.standing().said(true));
        yield told.standing().admitted()
            ? told.deactivated(DeactivatedVia.IDENTITY_WEBHOOK, null, clock.instant())
            : told;
      }
      case "user.reactivated" -> {
        User told = user.with(user.standing().said(false));
        // What a person has said, the provider does not take back.
        yield told.standing().keptOutVia() == DeactivatedVia.IDENTITY_WEBHOOK
            ? told.activated()
            : told;
      }
      case "user.deleted" -> {
        User told = user.with(user.standing().said(true));
        yield told.standing().status() == UserStatus.DELETED
            ? told
            : told.deactivated(DeactivatedVia.IDENTITY_WEBHOOK, null, clock.instant())
                .deleted(clock.instant());
      }
      default -> user.with(event.profile(user.profile()));
    };
  }

  private String created(IdentityEvent event, User.Account account, String actor) {
    User.Profile told = event.profile(User.Profile.ERASED);
    if (told.email() != null && told.emailVerified()) {
      Optional<User> invited = users.invited(event.tenantId(), told.email());
      if (invited.isPresent()) {
        User linked = users.save(invited.get().with(account).with(told));
        journal.user("user.linked", actor, invited.get(), linked, Map.of());
        return "LINKED";
      }
    }
    Optional<User> made =
        users.add(event.tenantId(), UserStatus.PENDING, account, told, clock.instant());
    made.ifPresent(user -> journal.made("user.created", actor, user, Map.of("via", "WEBHOOK")));
    return made.isPresent() ? "CREATED" : NONE;
  }

  private String members(IdentityEvent event, String issuer) {
    UUID group = groups.ensure(event.tenantId(), issuer, event.group(), event.groupName());
    Set<UUID> there = new HashSet<>(groups.members(event.tenantId(), group));
    Set<UUID> wanted = new HashSet<>();
    for (String subject : event.members()) {
      users
          .named(event.tenantId(), new User.Account(issuer, subject))
          .ifPresent(user -> wanted.add(user.id()));
    }
    for (UUID id : there) {
      if (!wanted.contains(id)) {
        told(event, id).ifPresent(user -> groups.remove(user, group));
      }
    }
    for (UUID id : wanted) {
      if (!there.contains(id)) {
        told(event, id).ifPresent(user -> groups.add(user, group));
      }
    }
    return there.equals(wanted) ? NONE : "MEMBERS_CHANGED";
  }

  /** The user, to whom older tokens do not give their groups back. */
  private Optional<User> told(IdentityEvent event, UUID id) {
    return users
        .locked(event.tenantId(), id)
        .map(
            user -> {
              User.Profile now = user.profile();
              return now.followedBy(event.occurredAt())
                  ? users.save(
                      user.with(
                          new User.Profile(
                              now.email(),
                              now.emailVerified(),
                              now.displayName(),
                              event.occurredAt())))
                  : user;
            });
  }

  private String suspended(UUID tenantId) {
    return jdbc.sql(
                    """
                    update tenant set status = 'SUSPENDED', suspended_via = 'IDENTITY_WEBHOOK',
                      version = version + 1
                    where id = :id and status = 'ACTIVE'
                    """)
                .param("id", tenantId)
                .update()
            == 1
        ? "TENANT_SUSPENDED"
        : NONE;
  }

  private String resumed(UUID tenantId) {
    return jdbc.sql(
                    """
                    update tenant set status = 'ACTIVE', suspended_via = null, version = version + 1
                    where id = :id and status = 'SUSPENDED' and suspended_via = 'IDENTITY_WEBHOOK'
                    """)
                .param("id", tenantId)
                .update()
            == 1
        ? "TENANT_RESUMED"
        : NONE;
  }
}
