package io.dorsal.discovery;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets after 90 days why single files could not be read. That they could not, the numbers of the
 * scans and what is noted of files that were read stay, and that a file is ARCHIVED is no reason of
 * the past; the next scan of the source looks at them again, so that what still is wrong has its
 * reason anew. Any number of processes may do it at once. Thread-safe.
 */
@Component
public class IssueSweep {

  private static final Logger log = LoggerFactory.getLogger(IssueSweep.class);
  private static final Duration KEPT = Duration.ofDays(90);
  private static final int AT_ONCE = 5_000;

  private final JdbcClient jdbc;
  private final Clock clock;

  IssueSweep(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Forgets at most 5,000; what is left goes the next time. */
  public void forgetOld() {
    int gone =
        Tenancy.sweep(
            Sweeper.LEFTOVERS,
            () ->
                jdbc.sql(
                        """
                        update file_inspection set code = null where file_id in (
                          select file_id from file_inspection
                          where code is not null and code <> 'ARCHIVED'
                            and inspected_at < :before
                          order by inspected_at limit :most for update skip locked)
                        """)
                    .param("before", DatabaseTimes.at(clock.instant().minus(KEPT)))
                    .param("most", AT_ONCE)
                    .update());
    if (gone > 0) {
      log.info("Forgot the reasons of {} unreadable files, which are over 90 days old", gone);
    }
  }
}
