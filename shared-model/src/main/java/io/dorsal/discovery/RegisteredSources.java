package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.KnownPopulations;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Uuid7;
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

  private static final String REGISTERING = "Registering a source";
  private static final String CHANGING = "Changing a source";
  private static final String READING = "Reading sources";

  private final SourceRows rows;
  private final SourceRights rights;
  private final Connections connections;
  private final ScanStarts starts;
  private final SourceCounts counts;
  private final ScheduleRows schedules;
  private final KnownPopulations populations;
  private final Journal journal;
  private final Clock clock;

  RegisteredSources(
      SourceRows rows,
      SourceRights rights,
      Connections connections,
      ScanStarts starts,
      SourceCounts counts,
      ScheduleRows schedules,
      KnownPopulations populations,
      Journal journal,
      Clock clock) {
    this.rows = rows;
    this.rights = rights;
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
   * @param overlapping whether another source's prefix contains this one or lies inside it
   * @param overlaps which ones, as far as they exist for the caller
   */
  public record Registered(RegisteredSource source, boolean overlapping, List<UUID> overlaps) {}

  /**
   * @throws ProblemException VALIDATION_FAILED, PERMISSION_DENIED also where the caller does not
   *     administer the population, NOT_FOUND for the connection, SOURCE_EXISTS
   */
  @Transactional
  public Registered register(Caller caller, SourceRequest request) {
    caller.require(PopulationRole.ADMINISTRATOR, REGISTERING);
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
    requireGiven(caller, request.populationId(), REGISTERING);
    var source =
        new RegisteredSource(
            Uuid7.next(),
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
    var overlaps = kept(caller).stream().filter(source::overlaps).toList();
    var seen = overlaps.stream().filter(each -> caller.sees(each.populationId())).toList();
    try {
      RegisteredSource saved = rows.save(source);
      journal.stateChanged(made(saved));
      return new Registered(
          saved, !overlaps.isEmpty(), seen.stream().map(RegisteredSource::id).toList());
    } catch (DuplicateKeyException e) {
      throw exists(seen, source);
    }
  }

  /** Only who administers a population says that something is of it. */
  private void requireGiven(Caller caller, @Nullable UUID population, String action) {
    new Validation()
        .check(
            population == null || populations.has(caller.tenantId(), population),
            "population_id",
            "POPULATION_UNKNOWN",
            "population_id must be an active population of the tenant.")
        .orThrow();
    caller.requireHeld(population, PopulationRole.ADMINISTRATOR, action);
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

  private static ProblemException exists(List<RegisteredSource> seen, RegisteredSource source) {
    var same = seen.stream().filter(o -> o.prefix().equals(source.prefix())).findFirst();
    return new ProblemException(
        DiscoveryProblem.SOURCE_EXISTS,
        "This container and prefix is a source of this connection already.",
        same.<Map<String, Object>>map(s -> Map.of("source_id", s.id())).orElse(Map.of()));
  }

  /**
   * Changes a source. Who gives it to a population administers that one and the one it was of.
   *
   * @param version the one the caller has seen
   * @throws ProblemException PERMISSION_DENIED, VALIDATION_FAILED, NOT_FOUND, STALE_VERSION
   */
  @Transactional
  public RegisteredSource change(Caller caller, UUID id, int version, SourceChange change) {
    SourceRules.check(change);
    RegisteredSource before = held(caller, id, version, CHANGING);
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
        requireGiven(caller, after.populationId(), CHANGING);
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
    // A refusal brings it back.
    schedules.hold(id, caller.tenantId()).ifPresent(schedules::delete);
    RegisteredSource before = held(caller, id, version, "Removing a source");
    starts.refuseSecond(before);
    saved(caller, before, before.removed());
  }

  private RegisteredSource held(Caller caller, UUID id, int version, String action) {
    RegisteredSource source = rights.held(caller, id, action);
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
    var found = rights.source(caller, id, PopulationRole.PROFESSIONAL, READING);
    return views(List.of(found)).getFirst();
  }

  /** The sources that the caller may read, by name, without those removed. */
  @Transactional(readOnly = true)
  public List<RegisteredSource> list(Caller caller) {
    caller.require(PopulationRole.PROFESSIONAL, READING);
    return kept(caller).stream()
        .filter(each -> caller.holdsIn(each.populationId(), PopulationRole.PROFESSIONAL))
        .toList();
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
}
