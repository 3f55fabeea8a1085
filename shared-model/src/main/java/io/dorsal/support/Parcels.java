package io.dorsal.support;

import io.dorsal.access.Caller;
import io.dorsal.access.Uuid7;
import io.dorsal.connections.OwnStore;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.AuditFilter;
import io.dorsal.operations.AuditLog;
import io.dorsal.operations.Journal;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import io.dorsal.work.Outbox;
import io.dorsal.work.OutboxMessage;
import io.dorsal.work.Queues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for bundles and exports, and hands them out. Thread-safe. */
@Component
public class Parcels {

  /** How long a link is good. */
  public static final Duration LINK = Duration.ofMinutes(15);

  static final long MOST_ENTRIES = 1_000_000;
  private static final Duration LONGEST_RANGE = Duration.ofHours(24);
  private static final int LONGEST_NOTE = 2_000;

  private final ParcelRows rows;
  private final AuditLog audit;
  private final Journal journal;
  private final Outbox outbox;
  private final OwnStore store;
  private final Clock clock;

  Parcels(
      ParcelRows rows,
      AuditLog audit,
      Journal journal,
      Outbox outbox,
      OwnStore store,
      Clock clock) {
    this.rows = rows;
    this.audit = audit;
    this.journal = journal;
    this.outbox = outbox;
    this.store = store;
    this.clock = clock;
  }

  /**
   * What a bundle is about: one of the three.
   *
   * @param from with {@code to}: a range of at most 24 hours
   */
  public record Wish(
      @Nullable String traceId,
      @Nullable String requestId,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String note) {}

  /** How an export is written. */
  public enum Format {
    CSV,
    JSON
  }

  /** A parcel and, once it is ready, a link that is good for a quarter of an hour. */
  public record Offer(Parcel parcel, @Nullable String link, @Nullable Instant linkEndsAt) {}

  /**
   * Asks for a support bundle.
   *
   * @throws ProblemException VALIDATION_FAILED, PERMISSION_DENIED
   */
  @Transactional
  public Parcel bundle(Caller caller, Wish wish) {
    caller.requireAdministratorOrOperator("Taking a support bundle");
    check(wish);
    var wanted = JsonMapper.shared().createObjectNode();
    wanted.put("trace_id", wish.traceId());
    wanted.put("request_id", wish.requestId());
    wanted.put("from", wish.from() == null ? null : wish.from().toString());
    wanted.put("to", wish.to() == null ? null : wish.to().toString());
    String note = wish.note() == null ? "" : Redactor.redact(wish.note());
    return ask(caller, Parcel.Kind.BUNDLE, wanted, note);
  }

  private static void check(Wish wish) {
    Instant from = wish.from();
    Instant to = wish.to();
    boolean range = from != null || to != null;
    boolean whole = from != null && to != null && from.isBefore(to);
    int named = (wish.traceId() != null ? 1 : 0) + (wish.requestId() != null ? 1 : 0);
    new Validation()
        .check(
            named + (range ? 1 : 0) == 1,
            "trace_id",
            "INVALID",
            "Name either trace_id, or request_id, or the range from and to.")
        .check(
            wish.traceId() == null || wish.traceId().matches("[0-9a-f]{32}"),
            "trace_id",
            "INVALID",
            "trace_id has 32 lower-case hex digits.")
        .check(
            wish.requestId() == null || wish.requestId().matches("[A-Za-z0-9._-]{8,64}"),
            "request_id",
            "INVALID",
            "request_id has 8 to 64 letters, digits, dots and dashes.")
        .check(!range || whole, "from", "INVALID", "A range needs from, and to behind it.")
        .check(
            from == null || to == null || Duration.between(from, to).compareTo(LONGEST_RANGE) <= 0,
            "to",
            "OUT_OF_RANGE",
            "A range has at most 24 hours.")
        .check(
            wish.note() == null || wish.note().length() <= LONGEST_NOTE,
            "note",
            "OUT_OF_RANGE",
            "A note has at most 2,000 characters.")
        .orThrow();
  }

  /**
   * Asks for an export of the audit log.
   *
   * @throws ProblemException AUDIT_RANGE_TOO_LARGE, PERMISSION_DENIED
   */
  @Transactional
  public Parcel export(Caller caller, AuditFilter filter, Format format) {
    if (audit.count(caller, filter, MOST_ENTRIES + 1) > MOST_ENTRIES) {
      throw new ProblemException(
          SupportProblem.AUDIT_RANGE_TOO_LARGE,
          "More than 1,000,000 entries match.",
          Map.of("limit", MOST_ENTRIES));
    }
    var wanted = JsonMapper.shared().createObjectNode();
    wanted.put("format", format.name());
    wanted.set("filter", JsonMapper.shared().valueToTree(filter));
    return ask(caller, Parcel.Kind.AUDIT_EXPORT, wanted, "");
  }

  private Parcel ask(Caller caller, Parcel.Kind kind, JsonNode wanted, String note) {
    var parcel =
        new Parcel(
            Uuid7.next(),
            caller.tenantId(),
            kind,
            Parcel.State.QUEUED,
            wanted,
            caller.operator() && kind == Parcel.Kind.BUNDLE,
            note,
            caller.actor(),
            clock.instant(),
            TraceContext.current().traceId(),
            null,
            null,
            null,
            null,
            null,
            null);
    rows.insert(parcel);
    journal.record(act(caller, parcel, "requested"));
    outbox.add(List.of(order(parcel)));
    return parcel;
  }

  private static OutboxMessage order(Parcel parcel) {
    String body =
        "{\"task_id\":\"%s\",\"tenant_id\":\"%s\",\"dispatch\":1}"
            .formatted(parcel.id(), parcel.tenantId());
    return new OutboxMessage(parcel.tenantId(), Queues.MAINTENANCE, "parcel-" + parcel.id(), body);
  }

  /**
   * How far it is, with a fresh link once it is ready; each link given out is audited.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  @Transactional
  public Offer find(Caller caller, Parcel.Kind kind, UUID id) {
    if (kind == Parcel.Kind.BUNDLE) {
      caller.requireAdministratorOrOperator("Taking a support bundle");
    } else {
      AuditLog.require(caller);
    }
    Parcel parcel =
        rows.find(caller.tenantId(), id)
            .filter(found -> found.kind() == kind)
            .orElseThrow(
                () -> new ProblemException(GeneralProblem.NOT_FOUND, "There is nothing here."));
    if (parcel.state() != Parcel.State.READY) {
      return new Offer(parcel, null, null);
    }
    journal.record(act(caller, parcel, "link_given"));
    Instant end = clock.instant().plus(LINK);
    return new Offer(parcel, store.link(parcel.file(), end, TraceContext.current()), end);
  }

  private static Act act(Caller caller, Parcel parcel, String what) {
    boolean bundle = parcel.kind() == Parcel.Kind.BUNDLE;
    return Act.of(
            caller,
            bundle ? AuditCategory.ADMIN : AuditCategory.COMPLIANCE,
            (bundle ? "support_bundle." : "audit_export.") + what)
        .on(bundle ? "support_bundle" : "audit_export", parcel.id(), null)
        .changing(Map.of(), Map.of("wanted", parcel.wanted().toString()));
  }
}
