package io.dorsal.functions.http;

import io.dorsal.access.Caller;
import io.dorsal.operations.LastChanges;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Shows whoever was overtaken what is there now, so that nothing they typed is lost: the version,
 * who changed it when, and the whole record. Thread-safe.
 */
@Component
public class StaleVersions {

  private final LastChanges changes;

  StaleVersions(LastChanges changes) {
    this.changes = changes;
  }

  /**
   * Does the work; where it is refused as stale, the refusal shows the record.
   *
   * @param record what a GET of it answers, with its version as ETag
   * @throws ProblemException what {@code work} throws; STALE_VERSION with the record in {@code
   *     details}; NOT_FOUND where it is gone
   */
  public Reply guard(
      Caller caller, UUID id, Function<Caller, Reply> record, Function<Caller, Reply> work) {
    try {
      return work.apply(caller);
    } catch (ProblemException e) {
      if (e.problem() != GeneralProblem.STALE_VERSION) {
        throw e;
      }
      Map<String, Object> details = details(caller, id, record.apply(caller));
      throw new ProblemException(e.problem(), e.detail(), details);
    }
  }

  /**
   * Does the work and answers the record as it is then; otherwise as {@link #guard}.
   *
   * @throws ProblemException as {@link #guard}
   */
  public Reply changed(
      Caller caller, UUID id, Function<Caller, Reply> record, Consumer<Caller> work) {
    return guard(
        caller,
        id,
        record,
        each -> {
          work.accept(each);
          return record.apply(each);
        });
  }

  private Map<String, Object> details(Caller caller, UUID id, Reply now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("current_version", now.version());
    changes
        .of(caller.tenantId(), id)
        .ifPresent(
            change -> {
              details.put("changed_by", change.by());
              details.put("changed_at", change.at().toString());
            });
    // Which members differ from what the caller has seen is not kept; it compares with current.
    details.put("changed_fields", List.of());
    details.put("current", Json.MAPPER.valueToTree(now.body()));
    return details;
  }
}
