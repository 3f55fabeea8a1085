package io.dorsal.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.CallersForTests;
import io.dorsal.access.Identity;
import io.dorsal.access.Scope;
import io.dorsal.access.Standings;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Keys of users, whose standing the test says. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class KeyOwnersIntegrationTests {

  private static final Map<UUID, TenantRole> ROLES = new ConcurrentHashMap<>();

  private static ConfigurableApplicationContext context;
  private static ApiKeys keys;

  private final UUID tenant = UUID.randomUUID();
  private final Caller ann = user(tenant, UUID.randomUUID(), TenantRole.TENANT_ADMIN, Scope.all());

  /** No configuration by name: other tests scan this package for those. */
  static class Known {
    @Bean
    @Primary
    Standings standings() {
      return new Standings() {
        @Override
        public Caller signedIn(Identity identity) {
          throw new AssertionError("No token is asked for.");
        }

        @Override
        public Optional<String> actor(Identity identity) {
          throw new AssertionError("No token is asked for.");
        }

        @Override
        public Caller of(UUID tenantId, UUID userId, Set<Scope> scopes) {
          TenantRole role = ROLES.get(userId);
          if (role == null) {
            throw new ProblemException(AccessProblem.PERMISSION_DENIED, "Suspended.");
          }
          return user(tenantId, userId, role, scopes);
        }

        @Override
        public void requireActive(UUID tenantId) {}
      };
    }
  }

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    context = RoomsForTests.on(database, Known.class);
    keys = context.getBean(ApiKeys.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void scenario15KeyHasTheRightsThatItsOwnerHasNowAndNoneWhenTheOwnerIsSuspended() {
    ApiKeys.Made made = inTenant(() -> keys.create(ann, wanted("files:read", "admin:read")));
    ROLES.put(id(ann), TenantRole.TENANT_ADMIN);
    Caller first = proven(made);
    assertThat(first.userId()).isEqualTo(ann.userId());
    assertThat(first.role()).isEqualTo(TenantRole.TENANT_ADMIN);
    assertThat(first.scopes()).containsExactlyInAnyOrder(Scope.FILES_READ, Scope.ADMIN_READ);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> first.require(Scope.FILES_WRITE, "Writing"))
        .satisfies(e -> assertThat(e.details()).containsEntry("required_scope", "files:write"));
    ROLES.put(id(ann), TenantRole.MEMBER);
    assertThat(proven(made).role()).isEqualTo(TenantRole.MEMBER);
    ROLES.remove(id(ann));
    assertThat(refusal(() -> proven(made))).isEqualTo(AccessProblem.PERMISSION_DENIED);
  }

  @Test
  void aUserHasTwentyKeysAndAReplacedOneDoesNotCount() {
    List<ApiKeys.Made> all =
        IntStream.range(0, 20)
            .mapToObj(i -> inTenant(() -> keys.create(ann, wanted("files:read"))))
            .toList();
    assertThat(refusal(() -> inTenant(() -> keys.create(ann, wanted("files:read")))))
        .isEqualTo(GeneralProblem.STATE_CONFLICT);
    ROLES.put(id(ann), TenantRole.MEMBER);
    ApiKeys.Made next = inTenant(() -> keys.rotate(ann, all.getFirst().key().id(), 0));
    assertThat(proven(next).userId()).isEqualTo(ann.userId());
    assertThat(refusal(() -> proven(all.getFirst()))).isEqualTo(AccessProblem.API_KEY_INVALID);
    Tenancy.run(tenant, () -> keys.revoke(ann, all.getLast().key().id()));
    assertThat(inTenant(() -> keys.create(ann, wanted("files:read"))).key().kind())
        .isEqualTo(KeyKind.USER);
  }

  @Test
  void anAdministratorEndsTheKeyOfAnotherButNeverSeesANewOne() {
    Caller bob = user(tenant, UUID.randomUUID(), TenantRole.MEMBER, Scope.all());
    UUID id = inTenant(() -> keys.create(bob, wanted("files:read"))).key().id();
    assertThat(inTenant(() -> keys.list(ann))).extracting(ApiKey::id).contains(id);
    assertThat(refusal(() -> inTenant(() -> keys.rotate(ann, id, null))))
        .isEqualTo(AccessProblem.PERMISSION_DENIED);
    Caller carl = user(tenant, UUID.randomUUID(), TenantRole.MEMBER, Scope.all());
    assertThat(refusal(() -> inTenant(() -> keys.get(carl, id))))
        .isEqualTo(GeneralProblem.NOT_FOUND);
    Tenancy.run(tenant, () -> keys.revoke(ann, id));
    assertThat(inTenant(() -> keys.get(bob, id)).revokedAt()).isNotNull();
  }

  @Test
  void nobodyMakesAKeyForMoreThanTheCredentialItIsMadeWith() {
    Caller narrow = ann.narrowedTo(Set.of(Scope.ADMIN_WRITE, Scope.FILES_READ));
    assertThat(refusal(() -> inTenant(() -> keys.create(narrow, wanted("files:write")))))
        .isEqualTo(AccessProblem.SCOPE_MISSING);
    assertThat(refusal(() -> inTenant(() -> keys.create(narrow, wanted("*")))))
        .isEqualTo(AccessProblem.SCOPE_MISSING);
    assertThat(inTenant(() -> keys.create(narrow, wanted("files:read"))).key().scopes())
        .containsExactly("files:read");
  }

  private static Caller user(UUID tenant, UUID id, TenantRole role, Set<Scope> scopes) {
    return CallersForTests.user(tenant, id, role).narrowedTo(scopes);
  }

  private static UUID id(Caller user) {
    return Objects.requireNonNull(user.userId());
  }

  private static NewKey wanted(String... scopes) {
    return new NewKey("Key", KeyKind.USER, List.of(scopes), null, null);
  }

  private static Caller proven(ApiKeys.Made made) {
    return context.getBean(Credentials.class).proven(null, made.text(), null).caller();
  }

  private <T> T inTenant(Supplier<T> work) {
    return Tenancy.in(tenant, work::get);
  }

  private static Problem refusal(ThrowingCallable work) {
    return catchThrowableOfType(ProblemException.class, work).problem();
  }
}
