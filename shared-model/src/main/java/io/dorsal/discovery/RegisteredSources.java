package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.Role;
import io.dorsal.connections.Connection;
import io.dorsal.connections.Connections;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The sources of a tenant. Thread-safe. */
@Component
public class RegisteredSources {

  private final SourceRows rows;
  private final Connections connections;
  private final Journal journal;
  private final Clock clock;

  RegisteredSources(SourceRows rows, Connections connections, Journal journal, Clock clock) {
    this.rows = rows;
    this.connections = connections;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * A source and what it shares with others.
   *
   * @param overlaps sources whose prefix contains this one or lies inside it
   */
  public record Registered(RegisteredSource source, List<UUID> overlaps) {}

  /**
   * @throws ProblemException VALIDATION_FAILED, NOT_FOUND for the connection, SOURCE_EXISTS
   */
  @Transactional
  public Registered register(Caller caller, SourceRequest request) {
    caller.require(Role.ADMINISTRATOR, "Registering a source");
    validate(request);
    Connection connection = connections.get(caller, Objects.requireNonNull(request.connectionId()));
    String container = Objects.requireNonNull(request.container());
    new Validation()
        .check(
            connection.containers().isEmpty() || connection.containers().contains(container),
            "container",
            "NOT_ALLOWED",
            "The connection does not cover this container.")
        .orThrow();
    var source =
        new RegisteredSource(
            UUID.randomUUID(),
            null,
            caller.tenantId(),
            connection.id(),
            Objects.requireNonNull(request.name()).strip(),
            container,
            request.prefix() == null ? "" : request.prefix(),
            request.timeZone(),
            SourceState.ACTIVE,
            0,
            caller.subject(),
            clock.instant());
    List<RegisteredSource> others = rows.findByTenantIdOrderByNameAscIdAsc(caller.tenantId());
    var overlaps = others.stream().filter(source::overlaps).map(RegisteredSource::id).toList();
    try {
      RegisteredSource saved = rows.save(source);
      journal.stateChanged(made(saved));
      return new Registered(saved, overlaps);
    } catch (DuplicateKeyException e) {
      throw exists(others, source);
    }
  }

  private static StateChange made(RegisteredSource source) {
    return new StateChange(
        "source.registered",
        source.tenantId(),
        "source",
        source.id(),
        null,
        source.state().name(),
        source.createdBy(),
        Map.of("connection_id", source.connectionId()));
  }

  private static void validate(SourceRequest request) {
    new Validation()
        .check(
            request.connectionId() != null,
            "connection_id",
            "REQUIRED",
            "connection_id is required.")
        .check(
            request.name() != null
                && Validation.isText(request.name())
                && length(request.name().strip()) <= 100,
            "name",
            "LENGTH",
            "name needs 1 to 100 characters.")
        .check(
            request.container() != null && Connection.isContainerName(request.container()),
            "container",
            "INVALID",
            "container needs 3 to 63 lower-case letters, digits and single hyphens.")
        .check(
            request.prefix() == null
                || (Validation.isKeepable(request.prefix()) && length(request.prefix()) <= 1_024),
            "prefix",
            "LENGTH",
            "prefix has at most 1,024 characters.")
        .check(
            request.timeZone() == null || isZone(request.timeZone()),
            "time_zone",
            "UNKNOWN_VALUE",
            "time_zone must be an IANA zone such as Europe/Berlin.")
        .orThrow();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isZone(@Nullable String name) {
    try {
      return name != null && ZoneId.of(name) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static ProblemException exists(List<RegisteredSource> others, RegisteredSource source) {
    var same =
        others.stream()
            .filter(o -> o.overlaps(source) && o.prefix().equals(source.prefix()))
            .findFirst();
    return new ProblemException(
        DiscoveryProblem.SOURCE_EXISTS,
        "This container and prefix is a source of this connection already.",
        same.<Map<String, Object>>map(s -> Map.of("source_id", s.id())).orElse(Map.of()));
  }

  /**
   * @throws ProblemException NOT_FOUND, also for another tenant's id
   */
  public RegisteredSource get(Caller caller, UUID id) {
    return rows.findByIdAndTenantId(id, caller.tenantId())
        .orElseThrow(
            () ->
                new ProblemException(GeneralProblem.NOT_FOUND, "There is no source with this id."));
  }

  /** The sources of the caller's tenant, by name. */
  public List<RegisteredSource> list(Caller caller) {
    caller.require(Role.PROFESSIONAL, "Reading sources");
    return rows.findByTenantIdOrderByNameAscIdAsc(caller.tenantId());
  }
}
