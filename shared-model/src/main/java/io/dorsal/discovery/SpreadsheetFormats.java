package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Uuid7;
import io.dorsal.discovery.contents.Headings;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The spreadsheet formats of a tenant. Thread-safe. */
@Component
@Transactional
public class SpreadsheetFormats {

  private static final int MOST_HEADERS = 100;
  private static final int LONGEST_HEADER = 256;
  private static final Set<String> FIELDS =
      Set.of(
          "date",
          "time",
          "latitude",
          "longitude",
          "location_name",
          "photographer",
          "individuals",
          "notes",
          "filename");

  private final FormatRows rows;
  private final Journal journal;

  SpreadsheetFormats(FormatRows rows, Journal journal) {
    this.rows = rows;
    this.journal = journal;
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, VALIDATION_FAILED, NAME_TAKEN
   */
  public SpreadsheetFormat create(Caller caller, FormatRequest request) {
    caller.require(PopulationRole.ADMINISTRATOR, "Changing spreadsheet formats");
    Map<String, String> mapping = validated(request);
    UUID id = Uuid7.next();
    try {
      rows.insert(caller, id, name(request), headers(request), mapping);
    } catch (DuplicateKeyException e) {
      throw taken(request, e);
    }
    record(caller, id, "spreadsheet_format.created", null, "KNOWN");
    return get(caller, id);
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, VALIDATION_FAILED, NAME_TAKEN,
   *     STALE_VERSION
   */
  public SpreadsheetFormat change(Caller caller, UUID id, int seen, FormatRequest request) {
    SpreadsheetFormat format = get(caller, id);
    caller.require(PopulationRole.ADMINISTRATOR, "Changing spreadsheet formats");
    Map<String, String> mapping = validated(request);
    requireSeen(format, seen);
    try {
      if (!rows.update(caller, id, seen, name(request), headers(request), mapping)) {
        throw stale();
      }
    } catch (DuplicateKeyException e) {
      throw taken(request, e);
    }
    record(caller, id, "spreadsheet_format.changed", "KNOWN", "KNOWN");
    return get(caller, id);
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STALE_VERSION
   */
  public void delete(Caller caller, UUID id, int seen) {
    SpreadsheetFormat format = get(caller, id);
    caller.require(PopulationRole.ADMINISTRATOR, "Changing spreadsheet formats");
    requireSeen(format, seen);
    if (!rows.delete(caller, id, seen)) {
      throw stale();
    }
    record(caller, id, "spreadsheet_format.deleted", "KNOWN", "DELETED");
  }

  /**
   * @throws ProblemException NOT_FOUND, also for another tenant's id; PERMISSION_DENIED
   */
  @Transactional(readOnly = true)
  public SpreadsheetFormat get(Caller caller, UUID id) {
    SpreadsheetFormat format =
        rows.find(caller.tenantId(), id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.NOT_FOUND, "There is no spreadsheet format with this id."));
    caller.require(PopulationRole.PROFESSIONAL, "Reading spreadsheet formats");
    return format;
  }

  /** All of the caller's tenant, by name. */
  @Transactional(readOnly = true)
  public List<SpreadsheetFormat> list(Caller caller) {
    caller.require(PopulationRole.PROFESSIONAL, "Reading spreadsheet formats");
    return rows.all(caller.tenantId());
  }

  private static Map<String, String> validated(FormatRequest request) {
    String name = request.name();
    List<String> headers = request.requiredHeaders();
    var validation =
        new Validation()
            .check(
                name != null
                    && Validation.isText(name)
                    && name.strip().codePointCount(0, name.strip().length()) <= 100,
                "name",
                "LENGTH",
                "name needs 1 to 100 characters.")
            .check(
                headers != null
                    && !headers.isEmpty()
                    && headers.size() <= MOST_HEADERS
                    && headers.stream().allMatch(SpreadsheetFormats::isHeader)
                    && Headings.keys(headers).size() == headers.size(),
                "required_headers",
                "INVALID",
                "required_headers needs 1 to 100 different headings of at most 256 characters.");
    Map<String, String> mapping = new LinkedHashMap<>();
    boolean known = request.columnMapping() == null || request.columnMapping().isObject();
    if (known && request.columnMapping() != null) {
      List<Boolean> fits = new ArrayList<>();
      request
          .columnMapping()
          .forEachEntry(
              (field, heading) -> {
                fits.add(
                    FIELDS.contains(field) && heading.isString() && isHeader(heading.asString()));
                mapping.put(field, heading.asString(""));
              });
      known = !fits.contains(false);
    }
    validation
        .check(
            known,
            "column_mapping",
            "INVALID",
            "column_mapping must map some of "
                + FIELDS.stream().sorted().toList()
                + " to headings.")
        .orThrow();
    return mapping;
  }

  private static boolean isHeader(String heading) {
    return Validation.isText(heading) && heading.length() <= LONGEST_HEADER;
  }

  private static String name(FormatRequest request) {
    return Objects.requireNonNull(request.name()).strip();
  }

  private static List<String> headers(FormatRequest request) {
    return Objects.requireNonNull(request.requiredHeaders());
  }

  private static void requireSeen(SpreadsheetFormat format, int seen) {
    if (format.version() != seen) {
      throw stale();
    }
  }

  private static ProblemException stale() {
    return new ProblemException(
        GeneralProblem.STALE_VERSION, "The format changed since you loaded it.");
  }

  private static ProblemException taken(FormatRequest request, DuplicateKeyException cause) {
    return new ProblemException(
        GeneralProblem.NAME_TAKEN, "There is a format named " + name(request) + ".", cause);
  }

  private void record(Caller caller, UUID id, String event, @Nullable String from, String to) {
    journal.stateChanged(
        new StateChange(
            event,
            caller.tenantId(),
            "spreadsheet_format",
            id,
            from,
            to,
            caller.actor(),
            Map.of()));
  }
}
