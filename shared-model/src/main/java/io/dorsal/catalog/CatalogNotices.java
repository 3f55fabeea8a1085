package io.dorsal.catalog;

import io.dorsal.access.TenantRole;
import io.dorsal.operations.NewNotice;
import io.dorsal.operations.Notices;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people are told of populations. Thread-safe. */
@Component
class CatalogNotices {

  private static final String REQUESTED = "POPULATION_REQUESTED";
  private static final String DECIDED = "POPULATION_DECIDED";
  private static final String INVITED = "POPULATION_INVITATION";
  private static final String ACCEPTED = "POPULATION_INVITATION_ACCEPTED";
  private static final String ASKED = "JOIN_REQUESTED";
  private static final String SETTLED = "JOIN_REQUEST_DECIDED";
  private static final String ADMINISTRATOR = "POPULATION_ADMINISTRATOR_ADDED";

  private final Notices notices;
  private final JdbcClient jdbc;

  CatalogNotices(Notices notices, JdbcClient jdbc) {
    this.notices = notices;
    this.jdbc = jdbc;
  }

  /** Tells the administrators of the tenant. */
  void requested(Population population, UUID requester) {
    tell(
        population,
        REQUESTED,
        "",
        TenantRole.TENANT_ADMIN,
        requester,
        "The population \"" + population.name() + "\" is requested.",
        "An administrator of the tenant approves or rejects it.");
  }

  /** Tells the requester. */
  void decided(Population population, @Nullable String reason) {
    notices.clear(population.tenantId(), REQUESTED, population.id());
    UUID requester = population.requestedBy();
    if (requester != null) {
      boolean active = population.state() == PopulationState.ACTIVE;
      tell(
          population,
          DECIDED,
          "",
          null,
          requester,
          "The population \"" + population.name() + "\" is " + (active ? "approved." : "rejected."),
          active ? "You are its administrator." : reason == null ? "" : reason);
    }
  }

  /** Tells the invited one, now or once there is a first sign-in. */
  void invited(Population population, Member member) {
    tell(
        population,
        INVITED,
        member.userId() + "/" + member.version(),
        null,
        member.userId(),
        "You are invited to the population \"" + population.name() + "\".",
        member.message() == null ? "" : member.message());
  }

  /** Tells the administrators of the population, who confirm. */
  void accepted(Population population, Member member) {
    for (UUID each : administrators(population)) {
      tell(
          population,
          ACCEPTED,
          member.userId() + "/" + member.version() + "/" + each,
          null,
          each,
          "An invitation to \"" + population.name() + "\" is accepted.",
          "The membership waits for being confirmed.");
    }
  }

  /** Tells the administrators of the population. */
  void asked(Population population, JoinRequest request) {
    for (UUID each : administrators(population)) {
      notices.tell(
          new NewNotice(
              population.tenantId(),
              ASKED + "/" + request.id() + "/" + each,
              ASKED,
              null,
              each.toString(),
              "Somebody asks to join the population \"" + population.name() + "\".",
              request.message() == null ? "" : request.message(),
              "join_request",
              request.id()));
    }
  }

  /** Takes back that it waits, and tells whoever asked unless they know. */
  void settled(Population population, JoinRequest request, @Nullable String reason) {
    notices.clear(population.tenantId(), ASKED, request.id());
    if (request.state() != JoinRequestState.WITHDRAWN) {
      boolean approved = request.state() == JoinRequestState.APPROVED;
      tell(
          population,
          SETTLED,
          request.id().toString(),
          null,
          request.userId(),
          "Your request to join the population \""
              + population.name()
              + "\" is "
              + (approved ? "approved." : "rejected."),
          reason == null ? "" : reason);
    }
  }

  /** Tells those who administered it before that an administrator of the tenant does so now. */
  void administratorAdded(Population population, List<UUID> before, Member added) {
    for (UUID each : before) {
      tell(
          population,
          ADMINISTRATOR,
          added.userId() + "/" + added.version() + "/" + each,
          null,
          each,
          "An administrator of the tenant is now an administrator of \""
              + population.name()
              + "\".",
          "They added themself, and see all of its encounters. The audit log has an entry of it.");
    }
  }

  /** Whoever administers the population now, by a person or by a group. */
  List<UUID> administrators(Population population) {
    return jdbc.sql(
            """
            select distinct user_id from held_population_role
            where tenant_id = :tenant and population_id = :population and role = 'ADMINISTRATOR'
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .query(UUID.class)
        .list();
  }

  private void tell(
      Population population,
      String kind,
      String which,
      @Nullable TenantRole role,
      UUID to,
      String title,
      String body) {
    notices.tell(
        new NewNotice(
            population.tenantId(),
            kind + "/" + population.id() + "/" + which,
            kind,
            role,
            to.toString(),
            title,
            body,
            "population",
            population.id()));
  }
}
