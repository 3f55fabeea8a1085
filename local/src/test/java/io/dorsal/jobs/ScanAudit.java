package io.dorsal.jobs;

import io.dorsal.local.archive.Ledger;
import io.dorsal.local.archive.LedgerEntry;
import io.dorsal.local.archive.LedgerEntry.FileClass;
import io.dorsal.local.archive.LedgerEntry.Outcome;
import io.dorsal.local.demo.LedgerComparison;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.servicebus.ServiceBusState;
import io.dorsal.local.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Whether a scan ended as it should have, whoever died meanwhile. */
final class ScanAudit {

  private final LocalStack stack;
  private final WrittenArchive archive;
  private final Rows rows;

  ScanAudit(LocalStack stack, WrittenArchive archive) {
    this.stack = stack;
    this.archive = archive;
    this.rows = new Rows(stack.jdbcUrl());
  }

  /** What is left of the work on a scan and should not be; empties soon after the scan's end. */
  List<String> leftovers(UUID scan) throws InterruptedException {
    List<String> left = new ArrayList<>();
    left.addAll(
        rows.of(
            """
            select e.job_execution_id, i.job_name, e.status from batch.batch_job_execution e
            join batch.batch_job_instance i using (job_instance_id)
            join batch.batch_job_execution_params p using (job_execution_id)
            where p.parameter_name = 'scan' and p.parameter_value = ?
              and e.status not in ('COMPLETED', 'FAILED', 'STOPPED')
            """,
            scan.toString()));
    left.addAll(
        rows.of(
            """
            select s.job_execution_id, s.step_name, s.status from batch.batch_step_execution s
            join batch.batch_job_execution_params p using (job_execution_id)
            where p.parameter_name = 'scan' and p.parameter_value = ?
              and s.status not in ('COMPLETED', 'FAILED', 'STOPPED')
            """,
            scan.toString()));
    left.addAll(rows.of("select resource, holder from lease where subject = ?", scan));
    left.addAll(rows.of("select queue, message_id from outbox where sent_at is null"));
    left.addAll(rows.of("select ordinal from scan_item where scan_id = ? limit 3", scan));
    ServiceBusState.read(stack.serviceBusData())
        .queues()
        .forEach((queue, depth) -> left.add(queue + " " + depth));
    left.removeIf(
        line ->
            line.endsWith(
                "QueueDepth[active=0, locked=0, scheduled=0, deferred=0, deadLettered=0]"));
    return left;
  }

  /** What is wrong with the results of a scan of the whole archive. */
  List<String> mistakes(UUID source, UUID scan)
      throws IOException, SQLException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    var comparison = LedgerComparison.of(Path.of(archive.ledger()), stack.jdbcUrl(), source);
    if (!comparison.agrees()) {
      wrong.add(comparison.toString());
    }
    List<String> counters =
        rows.of(
            """
            select s.state, p.listed, p.excluded, p.to_inspect, p.inspected, p.reused, p.unreadable,
                   p.partitions_total, p.partitions_done
            from scan s join scan_progress p on p.scan_id = s.id where s.id = ?
            """,
            scan);
    if (!counters.equals(List.of(expectedCounters()))) {
      wrong.add("expected " + expectedCounters() + ", found " + counters);
    }
    wrong.addAll(
        rows.of(
            """
            select p.bytes_read, p.issues, p.inspected, sum(i.bytes_read) as sum_of_bytes,
                   count(*) as rows, count(*) filter (where code is not null or notes <> '{}') as with_issue
            from scan_progress p join file_inspection i on i.scan_id = p.scan_id
            where p.scan_id = ? group by p.tenant_id, p.scan_id
            having p.bytes_read <> sum(i.bytes_read) or p.inspected <> count(*)
              or p.issues <> count(*) filter (where code is not null or notes <> '{}')
            """,
            scan));
    wrong.addAll(
        rows.of(
            "select * from scan_partition where scan_id = ? and (state <> 'DONE' or next_ordinal <>"
                + " last_ordinal + 1)",
            scan));
    wrong.addAll(
        rows.of(
            """
            select f.file_count, p.listed from scan_folder f join scan_progress p using (scan_id)
            where f.scan_id = ? and f.path = '' and f.file_count <> p.listed
            """,
            scan));
    wrong.addAll(brokenJournal(scan));
    return wrong;
  }

  /** Each change of state stands in the journal once, and begins where the one before it ended. */
  private List<String> brokenJournal(UUID scan) throws SQLException, InterruptedException {
    return rows.of(
        """
        select * from (
          select id, name, from_state, to_state,
                 lag(to_state) over (order by id) as state_before,
                 lead(id) over (order by id) is null as last,
                 count(*) over () as events,
                 (select count(*) from audit_entry where resource_id = e.subject_id) as entries
          from event e where subject_id = ?) chain
        where from_state is distinct from state_before or (last and to_state <> 'COMPLETED') or events <> entries
          or events < 4
        """,
        scan);
  }

  private String expectedCounters() throws IOException {
    long excluded;
    long toInspect;
    long unreadable;
    try (Stream<LedgerEntry> entries = Ledger.read(Path.of(archive.ledger()))) {
      List<LedgerEntry> all = entries.toList();
      excluded = all.stream().filter(LedgerEntry::excluded).count();
      toInspect =
          all.stream().filter(e -> !e.excluded() && e.fileClass() != FileClass.OTHER).count();
      unreadable = all.stream().filter(e -> e.outcome() == Outcome.UNREADABLE).count();
    }
    long partitions = (toInspect + 9_999) / 10_000;
    return "{excluded=%d, inspected=%d, listed=%d, partitions_done=%d, partitions_total=%d, reused=0, state=COMPLETED, to_inspect=%d, unreadable=%d}"
        .formatted(
            excluded,
            toInspect,
            archive.files() - excluded,
            partitions,
            partitions,
            toInspect,
            unreadable);
  }
}
