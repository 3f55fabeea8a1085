package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Known formats that the spreadsheets of a scan fit, and what people say to them. Thread-safe. */
@Component
public class FormatSuggestions {

  private final SourceRights rights;
  private final FormatRows rows;
  private final Journal journal;

  FormatSuggestions(SourceRights rights, FormatRows rows, Journal journal) {
    this.rights = rights;
    this.rows = rows;
    this.journal = journal;
  }

  /** What a person says to a suggestion; it holds for the source of the scan. */
  public enum Decision {
    ACCEPTED,
    /** It is not suggested again. */
    DISMISSED
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  @Transactional(readOnly = true)
  public List<FormatSuggestion> list(Caller caller, UUID scanId) {
    return rows.suggestions(
        rights.scan(caller, scanId, PopulationRole.PROFESSIONAL, "Reading format suggestions"));
  }

  /**
   * @param key of the suggestion
   * @throws ProblemException PERMISSION_DENIED; NOT_FOUND, also where it is not suggested
   */
  @Transactional
  public void decide(Caller caller, UUID scanId, UUID key, Decision decision) {
    Scan scan =
        rights.scan(caller, scanId, PopulationRole.ADMINISTRATOR, "Deciding on format suggestions");
    FormatSuggestion suggestion =
        rows.suggestions(scan).stream()
            .filter(each -> each.key().equals(key))
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.NOT_FOUND, "There is no suggestion with this key."));
    rows.decide(caller, scan, key, decision.name());
    journal.stateChanged(
        new StateChange(
            "format_suggestion.decided",
            caller.tenantId(),
            "spreadsheet_format",
            key,
            suggestion.decision(),
            decision.name(),
            caller.actor(),
            Map.of("source_id", scan.sourceId(), "scan_id", scanId)));
  }
}
