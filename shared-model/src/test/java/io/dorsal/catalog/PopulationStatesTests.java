package io.dorsal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Scope;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way populations, memberships and requests go, and what that shows to whom. */
class PopulationStatesTests {

  private static final Instant NOW = Instant.parse("2026-11-29T23:30:00Z");
  private static final UUID REQUESTER = UUID.randomUUID();
  private static final UUID TENANT = UUID.randomUUID();

  private static Population population(PopulationState state, String more) {
    PopulationSettings settings =
        PopulationRulesTests.settings("\"name\":\"N\",\"species_scientific_name\":\"S\"" + more);
    return new Population(TENANT, UUID.randomUUID(), state, settings, REQUESTER, NOW, null, 3);
  }

  private static String refusalOf(Runnable change) {
    return refusal(
        () -> {
          change.run();
          return "";
        });
  }

  private static String refusal(Supplier<?> change) {
    try {
      assertThat(change.get()).isNotNull();
      return "";
    } catch (ProblemException e) {
      return e.problem().name();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REQUESTED, ACTIVE, REJECTED, , , ",
    "ACTIVE, , , ARCHIVED, , ",
    "REJECTED, , , , , ",
    "ARCHIVED, , , , ACTIVE, DELETED",
    "DELETED, , , , , "
  })
  void aStateAllowsTheNextOnesOnly(
      PopulationState from,
      @Nullable PopulationState approved,
      @Nullable PopulationState rejected,
      @Nullable PopulationState archived,
      @Nullable PopulationState restored,
      @Nullable PopulationState deleted) {
    goes(from, approved, each -> each.approved(NOW));
    goes(from, rejected, each -> each.rejected(NOW));
    goes(from, archived, Population::archived);
    goes(from, restored, Population::restored);
    goes(from, deleted, each -> each.deleted("N"));
  }

  private static void goes(
      PopulationState from, @Nullable PopulationState to, UnaryOperator<Population> change) {
    Population population = population(from, "");
    if (to == null) {
      assertThat(refusal(() -> change.apply(population))).isEqualTo("STATE_CONFLICT");
    } else {
      assertThat(change.apply(population).state()).isEqualTo(to);
    }
  }

  @Test
  void itsMetricsBeginOnTheLocalDayOnWhichItBecameActive() {
    Population nairobi = population(PopulationState.REQUESTED, ",\"time_zone\":\"Africa/Nairobi\"");
    Population active = nairobi.approved(NOW);
    assertThat(active.settings().metricBaselineDate()).isEqualTo("2026-11-30");
    Population own =
        population(PopulationState.REQUESTED, ",\"metric_baseline_date\":\"2020-01-01\"")
            .approved(NOW);
    assertThat(own.settings().metricBaselineDate()).isEqualTo("2020-01-01");
    PopulationSettings none =
        PopulationRulesTests.settings("\"name\":\"N\",\"species_scientific_name\":\"S\"");
    assertThat(own.changed(none).settings().metricBaselineDate()).isEqualTo("2026-11-29");
  }

  @Test
  void anArchivedOneIsReadOnlyAndItsNameIsTypedBeforeItGoes() {
    Population archived = population(PopulationState.ARCHIVED, "");
    assertThat(refusal(() -> archived.changed(archived.settings())))
        .isEqualTo("POPULATION_ARCHIVED");
    assertThat(refusalOf(archived::requireActive)).isEqualTo("POPULATION_ARCHIVED");
    assertThat(refusalOf(population(PopulationState.REQUESTED, "")::requireActive))
        .isEqualTo("STATE_CONFLICT");
    assertThat(refusal(() -> archived.deleted("n"))).isEqualTo("VALIDATION_FAILED");
    assertThat(refusal(() -> archived.deleted(null))).isEqualTo("VALIDATION_FAILED");
    assertThat(refusalOf(() -> archived.requireVersion(2))).isEqualTo("STALE_VERSION");
  }

  @ParameterizedTest
  @CsvSource({
    "INVITED, PENDING_CONFIRMATION, , REMOVED",
    "PENDING_CONFIRMATION, , CONFIRMED, REMOVED",
    "CONFIRMED, , , REMOVED",
    "REMOVED, , , "
  })
  void aMembershipGoesStepByStep(
      MemberState from,
      @Nullable MemberState accepted,
      @Nullable MemberState confirmed,
      @Nullable MemberState removed) {
    Population population = population(PopulationState.ACTIVE, "");
    UUID user = UUID.randomUUID();
    var member =
        new Member(
            TENANT, population.id(), user, PopulationRole.EXPERT, from, "A", "B", null, null, 0);
    steps(member, accepted, Member::accepted);
    steps(member, confirmed, Member::confirmed);
    steps(member, removed, each -> each.removed("somebody"));
    assertThat(refusal(() -> member.with(PopulationRole.VIEWER)).isEmpty())
        .isEqualTo(from != MemberState.REMOVED);
  }

  private static void steps(Member member, @Nullable MemberState to, UnaryOperator<Member> step) {
    if (to == null) {
      assertThat(refusal(() -> step.apply(member))).isEqualTo("STATE_CONFLICT");
    } else {
      assertThat(step.apply(member).state()).isEqualTo(to);
    }
  }

  @Test
  void whoeverLeftIsNotExpelled() {
    Member member =
        Member.confirmed(
            population(PopulationState.ACTIVE, ""), UUID.randomUUID(), PopulationRole.VIEWER);
    assertThat(member.removed(member.userId().toString()).isExpelled()).isFalse();
    assertThat(member.removed("somebody").isExpelled()).isTrue();
    assertThat(member.removed("somebody").admitted(PopulationRole.VIEWER).isExpelled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PENDING, true", "APPROVED, false", "REJECTED, false", "WITHDRAWN, false"})
  void aRequestIsSettledOnce(JoinRequestState from, boolean may) {
    UUID id = UUID.randomUUID();
    var request = new JoinRequest(TENANT, id, id, id, null, from, NOW, null, 0);
    for (var to : JoinRequestState.values()) {
      assertThat(refusal(() -> request.settled(to, NOW)).isEmpty()).isEqualTo(may);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REQUEST, , , false, false, REQUEST_TO_JOIN",
    "OPEN, , , false, false, OPEN_TO_JOIN",
    "OPEN, , REMOVED, false, false, OPEN_TO_JOIN",
    "OPEN, , REMOVED, false, true, REQUEST_TO_JOIN",
    "REQUEST, , , true, false, REQUEST_PENDING",
    "OPEN, , PENDING_CONFIRMATION, false, false, REQUEST_PENDING",
    "REQUEST, , INVITED, false, false, OPEN_TO_JOIN",
    "REQUEST, VIEWER, CONFIRMED, false, false, MEMBER",
    "REQUEST, VIEWER, , false, false, MEMBER"
  })
  void aCardOffersOneRelation(
      JoinPolicy policy,
      @Nullable PopulationRole role,
      @Nullable MemberState membership,
      boolean asked,
      boolean expelled,
      Relation relation) {
    Population active = population(PopulationState.ACTIVE, ",\"join_policy\":\"" + policy + "\"");
    assertThat(Cards.relation(active, role, membership, asked, expelled)).isEqualTo(relation);
    Population archived =
        population(PopulationState.ARCHIVED, ",\"join_policy\":\"" + policy + "\"");
    assertThat(Cards.relation(archived, role, membership, asked, expelled))
        .isEqualTo(role == null ? null : Relation.MEMBER);
  }

  @ParameterizedTest
  @CsvSource({
    "REQUESTED, false, false, true, true",
    "REJECTED, false, false, true, true",
    "ACTIVE, true, true, true, true",
    "ARCHIVED, false, true, false, true",
  })
  void whatDoesNotRunIsNotEverybodysToSee(
      PopulationState state, boolean anybody, boolean member, boolean requester, boolean admin) {
    Population population = population(state, "");
    Caller stranger = caller(UUID.randomUUID(), TenantRole.MEMBER);
    assertThat(Roles.sees(stranger, population)).isEqualTo(anybody);
    assertThat(Roles.sees(stranger.with(population.id(), PopulationRole.VIEWER), population))
        .isEqualTo(member);
    assertThat(Roles.sees(caller(REQUESTER, TenantRole.MEMBER), population)).isEqualTo(requester);
    assertThat(Roles.sees(caller(UUID.randomUUID(), TenantRole.TENANT_ADMIN), population))
        .isEqualTo(admin);
  }

  private static Caller caller(UUID user, TenantRole role) {
    return new Caller(
        TENANT, user, user.toString(), role, false, Map.of(), Map.of(), Scope.all(), null);
  }

  @Test
  void nobodyGivesMoreThanTheyHold() {
    Population population = population(PopulationState.ACTIVE, "");
    Caller expert =
        caller(UUID.randomUUID(), TenantRole.TENANT_ADMIN)
            .with(population.id(), PopulationRole.EXPERT);
    assertThat(Roles.given(expert, population, null, PopulationRole.VIEWER))
        .isEqualTo(PopulationRole.VIEWER);
    assertThat(Roles.given(expert, population, "EXPERT", PopulationRole.VIEWER))
        .isEqualTo(PopulationRole.EXPERT);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Roles.given(expert, population, "PROFESSIONAL", PopulationRole.VIEWER))
        .satisfies(
            e -> {
              assertThat(e.problem().name()).isEqualTo("PERMISSION_DENIED");
              assertThat(e.details()).isEqualTo(Map.of("required_role", "PROFESSIONAL"));
            });
    assertThat(refusal(() -> Roles.given(expert, population, "NOVICE", PopulationRole.VIEWER)))
        .isEqualTo("VALIDATION_FAILED");
  }
}
