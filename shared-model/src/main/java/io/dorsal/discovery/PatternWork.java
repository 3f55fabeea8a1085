package io.dorsal.discovery;

import io.dorsal.discovery.patterns.PatternDetection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks at the names of a completed scan, once, and keeps it in numbers. All of it is one
 * transaction that writes only at its end: a worker that dies leaves nothing behind, and doing it
 * twice changes nothing. Thread-safe.
 */
@Component
public class PatternWork {

  private static final Logger log = LoggerFactory.getLogger(PatternWork.class);
  private static final int FETCH = 5_000;

  /** As with dates of images: somewhere on earth it may be tomorrow already. */
  private static final Duration AHEAD = Duration.ofHours(26);

  private final JdbcClient jdbc;
  private final ScanRows scans;
  private final PatternRows patterns;
  private final SummaryRows summaries;
  private final SourceEvidence evidence;
  private final Clock clock;

  PatternWork(
      DataSource database,
      ScanRows scans,
      PatternRows patterns,
      SummaryRows summaries,
      SourceEvidence evidence,
      Clock clock) {
    var streaming = new JdbcTemplate(database);
    streaming.setFetchSize(FETCH);
    this.jdbc = JdbcClient.create(streaming);
    this.scans = scans;
    this.patterns = patterns;
    this.summaries = summaries;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Detects and keeps the patterns of a completed scan, once, and its numbers; of any other scan
   * the numbers as they are now. Without effect where the scan is gone or another tenant's.
   *
   * @param running asked again and again; false ends the work
   * @return false where it was ended before its time
   */
  @Transactional
  public boolean detect(UUID tenantId, UUID scanId, BooleanSupplier running) {
    Optional<Scan> scan = scans.findByIdAndTenantId(scanId, tenantId);
    if (scan.isEmpty()) {
      return true;
    }
    if (scan.get().state() == ScanState.COMPLETED && !patterns.detected(scanId)) {
      return detect(scan.get(), running);
    }
    summaries.keep(scan.get());
    return true;
  }

  private boolean detect(Scan scan, BooleanSupplier running) {
    LocalDate latest = LocalDate.ofInstant(clock.instant().plus(AHEAD), ZoneOffset.UTC);
    var detection = new PatternDetection(evidence.of(scan), latest);
    Boolean whole =
        images(scan).query((ResultSetExtractor<Boolean>) row -> pass(row, detection, running));
    if (!Boolean.TRUE.equals(whole)) {
      return false;
    }
    var found = detection.patterns();
    patterns.keep(scan, found);
    summaries.keep(scan);
    log.info("{} patterns of names found scan={}", found.size(), scan.id());
    return true;
  }

  private static Boolean pass(ResultSet row, PatternDetection detection, BooleanSupplier running)
      throws SQLException {
    for (long images = 0; row.next(); images++) {
      if (images % FETCH == 0 && !running.getAsBoolean()) {
        return false;
      }
      detection.image(row.getString(1), row.getObject(2, LocalDate.class));
    }
    return true;
  }

  /** Code point order keeps everything below a folder together; clocks never set tell nothing. */
  private JdbcClient.StatementSpec images(Scan scan) {
    return FileRows.scanned(
        jdbc.sql(
            """
            select f.path,
                   case when 'CLOCK_SUSPECT' = any(i.notes) then null
                        else i.taken_at_local::date end
            from found_file f left join file_inspection i on i.file_id = f.id
            where
            """
                + FileRows.LISTED
                + """
                 and f.class in ('IMAGE', 'RAW') and f.missing_number is distinct from :number
                order by f.path_head, f.path
                """),
        scan);
  }
}
