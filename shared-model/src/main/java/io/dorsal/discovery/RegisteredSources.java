package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.KnownPopulations;
import io.dorsal.access.PopulationRole;
import io.dorsal.connections.Connection;
import io.dorsal.connections.Connections;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.util.HashMap;
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
  private final ScanStarts starts;
  private final SourceCounts counts;
  private final ScheduleRows schedules;
  private final KnownPopulations populations;
  private final Journal journal;
  private final Clock clock;

  RegisteredSources(
      SourceRows rows,
      Connections connections,
      ScanStarts starts,
      SourceCounts counts,
      ScheduleRows schedules,
      KnownPopulations populations,
      Journal journal,
      Clock clock) {
    this.rows = rows;
    this.connections = connections;
    this.starts = starts;
    this.counts = counts;
    this.schedules = schedules;
    this.populations = populations;
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
    caller.require(PopulationRole.ADMINISTRATOR, "Registering a source");
    SourceRules.check(request);
    Connection connection = connections.get(caller, Objects.requireNonNull(request.connectionId()));
    String container = Objects.requireNonNull(request.container());
    new Validation()
        .check(
            connection.containers().isEmpty() || connection.containers().contains(container),
            "container",
            "NOT_ALLOWED",
            "The connection does not cover this container.")
        .orThrow();
    requireKnown(caller, request.populationId());
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
            request.onNewFiles() == null
                ? OnNewFiles.SCAN_ONLY
                : OnNewFiles.valueOf(request.onNewFiles()),
            request.populationId(),
            SourceState.ACTIVE,
            0,
            caller.actor(),
            clock.instant());
    List<RegisteredSource> others = kept(caller);
    var overlaps = others.stream().filter(source::overlaps).map(RegisteredSource::id).toList();
    try {
      RegisteredSource saved = rows.save(source);
      journal.stateChanged(made(saved));
      return new Registered(saved, overlaps);
    } catch (DuplicateKeyException e) {
      throw exists(others, source);
    }
  }

  private void requireKnown(Caller caller, @Nullable UUID population) {
    new Validation()
        .check(
            population == null || populations.has(caller.tenantId(), population),
            "population_id",
            "POPULATION_UNKNOWN",
            "population_id must be an active population of the tenant.")
        .orThrow();
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
   * Changes a source.
   *
   * @param version the one the caller has seen
   * @throws ProblemException PERMISSION_DENIED, VALIDATION_FAILED, NOT_FOUND, STALE_VERSION
   */
  @Transactional
  public RegisteredSource change(Caller caller, UUID id, int version, SourceChange change) {
    caller.require(PopulationRole.ADMINISTRATOR, "Changing a source");
    SourceRules.check(change);
    RegisteredSource before = held(caller, id, version);
    RegisteredSource after = before;
    if (change.name() != null) {
      after = after.renamed(change.name().strip());
    }
    if (change.timeZone() != null) {
      after = after.inZone(change.timeZone().isNull() ? null : change.timeZone().asString());
    }
    if (change.onNewFiles() != null) {
      after = after.doing(OnNewFiles.valueOf(change.onNewFiles()));
    }
    if (change.populationId() != null) {
      after = after.of(SourceRules.id(change.populationId()));
      if (!Objects.equals(after.populationId(), before.populationId())) {
        requireKnown(caller, after.populationId());
      }
    }
    if (change.state() != null) {
      after = change.state().equals("PAUSED") ? after.paused() : after.active();
    }
    return after.equals(before) ? before : saved(caller, before, after);
  }

  /**
   * Forgets a source: no scan, schedule or event finds it any more, and it may be registered again.
   * Its scans stay readable, the archive is not touched.
   *
   * @param version the one the caller has seen
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STALE_VERSION, SCAN_ALREADY_RUNNING
   */
  @Transactional
  public void remove(Caller caller, UUID id, int version) {
    caller.require(PopulationRole.ADMINISTRATOR, "Removing a source");
    // A refusal brings it back.
    schedules.hold(id, caller.tenantId()).ifPresent(schedules::delete);
    RegisteredSource before = held(caller, id, version);
    starts.refuseSecond(before);
    saved(caller, before, before.removed());
  }

  private RegisteredSource held(Caller caller, UUID id, int version) {
    RegisteredSource source =
        rows.hold(id, caller.tenantId())
            .filter(each -> each.state() != SourceState.REMOVED)
            .orElseThrow(RegisteredSources::notFound);
    if (!Objects.equals(source.version(), version)) {
      throw new ProblemException(
          GeneralProblem.STALE_VERSION, "The source changed since you loaded it.");
    }
    return source;
  }

  private RegisteredSource saved(Caller caller, RegisteredSource before, RegisteredSource after) {
    RegisteredSource saved = rows.save(after);
    journal.stateChanged(
        new StateChange(
            event(before.state(), saved.state()),
            saved.tenantId(),
            "source",
            saved.id(),
            before.state().name(),
            saved.state().name(),
            caller.actor(),
            Map.of("name", saved.name(), "on_new_files", saved.onNewFiles())));
    return saved;
  }

  private static String event(SourceState from, SourceState to) {
    if (from == to) {
      return "source.changed";
    }
    return switch (to) {
      case ACTIVE -> "source.resumed";
      case PAUSED -> "source.paused";
      case REMOVED -> "source.removed";
    };
  }

  /**
   * A source, also a removed one, whose scans still name it.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, also for another tenant's id
   */
  @Transactional(readOnly = true)
  public SourceView get(Caller caller, UUID id) {
    var found =
        rows.findByIdAndTenantId(id, caller.tenantId()).orElseThrow(RegisteredSources::notFound);
    caller.require(PopulationRole.PROFESSIONAL, "Reading sources");
    return views(List.of(found)).getFirst();
  }

  /** The sources of the caller's tenant, by name, without those removed. */
  @Transactional(readOnly = true)
  public List<RegisteredSource> list(Caller caller) {
    caller.require(PopulationRole.PROFESSIONAL, "Reading sources");
    return kept(caller);
  }

  /** The sources with what is known of them, in the same order. */
  @Transactional(readOnly = true)
  public List<SourceView> views(List<RegisteredSource> sources) {
    List<UUID> ids = sources.stream().map(RegisteredSource::id).toList();
    var counters = counts.of(ids);
    Map<UUID, SourceSchedule> planned = new HashMap<>();
    schedules.findBySourceIdIn(ids).forEach(each -> planned.put(each.sourceId(), each));
    return sources.stream()
        .map(
            each ->
                new SourceView(
                    each, Objects.requireNonNull(counters.get(each.id())), planned.get(each.id())))
        .toList();
  }

  private List<RegisteredSource> kept(Caller caller) {
    return rows.findByTenantIdAndStateNotOrderByNameAscIdAsc(
        caller.tenantId(), SourceState.REMOVED);
  }

  private static ProblemException notFound() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "There is no source with this id.");
  }
}
