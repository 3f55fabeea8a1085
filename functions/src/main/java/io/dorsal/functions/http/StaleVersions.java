package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.Caller;
import io.dorsal.operations.LastChanges;
import io.dorsal.operations.VersionSteps;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Shows whoever was overtaken what is there now, so that nothing they typed is lost: the version,
 * who changed it when and which fields, and the whole record. For that it keeps which fields each
 * change made by a version changed. Thread-safe.
 */
@Component
public class StaleVersions {

  private static final Logger log = LoggerFactory.getLogger(StaleVersions.class);

  private final LastChanges changes;
  private final VersionSteps steps;

  StaleVersions(LastChanges changes, VersionSteps steps) {
    this.changes = changes;
    this.steps = steps;
  }

  /**
   * Does the work; where it is refused as stale, the refusal shows the record.
   *
   * @param request names in {@code If-Match} the version its caller has seen
   * @param record what a GET of it answers, with its version as ETag
   * @throws ProblemException what {@code work} throws; STALE_VERSION with the record in {@code
   *     details}; NOT_FOUND where it is gone
   */
  public Reply guard(
      HttpRequestMessage<?> request,
      Caller caller,
      UUID id,
      Function<Caller, Reply> record,
      Function<Caller, Reply> work) {
    Optional<Reply> before = look(caller, record);
    try {
      Reply done = work.apply(caller);
      before.ifPresent(was -> keep(caller, id, was, done, record));
      return done;
    } catch (ProblemException e) {
      if (e.problem() != GeneralProblem.STALE_VERSION) {
        throw e;
      }
      var details = details(caller, id, Headers.ifMatch(request), record.apply(caller));
      throw new ProblemException(e.problem(), e.detail(), details);
    }
  }

  /**
   * Does the work and answers the record as it is then; otherwise as {@link #guard}.
   *
   * @throws ProblemException as {@link #guard}
   */
  public Reply changed(
      HttpRequestMessage<?> request,
      Caller caller,
      UUID id,
      Function<Caller, Reply> record,
      Consumer<Caller> work) {
    return guard(
        request,
        caller,
        id,
        record,
        each -> {
          work.accept(each);
          return record.apply(each);
        });
  }

  /** Empty where there is nothing to see; whether that is a refusal is for the work to say. */
  private static Optional<Reply> look(Caller caller, Function<Caller, Reply> record) {
    try {
      return Optional.of(record.apply(caller));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /**
   * Both looks are this caller's: who sees less or more than others makes no difference. Where the
   * work answers the record, that is the second one.
   */
  private void keep(Caller caller, UUID id, Reply was, Reply done, Function<Caller, Reply> record) {
    try {
      (answers(done, was) ? Optional.of(done) : look(caller, record))
          .filter(now -> now.version() > was.version())
          .ifPresent(
              now ->
                  steps.keep(
                      of(caller, id, now),
                      new VersionSteps.Step(
                          was.version(), now.version(), ChangedFields.between(was, now))));
    } catch (DataAccessException e) {
      // The change itself is saved, and told.
      log.warn("Which fields of {} changed is not kept", id, e);
    }
  }

  private static boolean answers(Reply done, Reply record) {
    return done.body() != null
        && record.body() != null
        && done.body().getClass() == record.body().getClass();
  }

  /** Things of two kinds may share an id, as a tenant and its mappings do. */
  private static VersionSteps.Of of(Caller caller, UUID id, Reply now) {
    String kind = now.body() == null ? "" : now.body().getClass().getSimpleName();
    return new VersionSteps.Of(caller.tenantId(), kind, id);
  }

  private Map<String, Object> details(Caller caller, UUID id, int seen, Reply now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("current_version", now.version());
    changes
        .of(caller.tenantId(), id)
        .ifPresent(
            change -> {
              details.put("changed_by", change.by());
              details.put("changed_at", change.at().toString());
            });
    VersionSteps.Known known = steps.between(of(caller, id, now), seen, now.version());
    details.put("changed_fields", known.fields());
    details.put("unlisted_changes", !known.whole());
    details.put("current", Json.MAPPER.valueToTree(now.body()));
    return details;
  }
}
