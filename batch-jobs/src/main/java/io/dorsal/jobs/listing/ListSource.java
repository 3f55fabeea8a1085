package io.dorsal.jobs.listing;

import io.dorsal.discovery.PartitionCut;
import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanListing;
import io.dorsal.discovery.ScanWork;
import io.dorsal.jobs.JobsSettings;
import io.dorsal.jobs.intake.StepSpan;
import io.dorsal.jobs.intake.StoppableSource;
import io.dorsal.jobs.intake.WorkSignal;
import io.dorsal.sources.PatientSource;
import io.dorsal.sources.SourcePage;
import io.dorsal.work.LeasedTransactionManager;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * The job {@code listSource}: step {@code list} keeps a page of 5,000 names per commit together
 * with the place where the next begins; step {@code cut} makes the partitions and sends them, in
 * one commit.
 */
@Component
class ListSource {

  static final String NAME = "listSource";

  private final JobRepository repository;
  private final LeasedTransactionManager transactions;
  private final ScanWork scans;
  private final ScanListing listing;
  private final PartitionCut cut;
  private final JobsSettings settings;

  ListSource(
      JobRepository repository,
      LeasedTransactionManager transactions,
      ScanWork scans,
      ScanListing listing,
      PartitionCut cut,
      JobsSettings settings) {
    this.repository = repository;
    this.transactions = transactions;
    this.scans = scans;
    this.listing = listing;
    this.cut = cut;
    this.settings = settings;
  }

  Job job(Scan scan, WorkSignal signal) {
    return new JobBuilder(NAME, repository).start(list(scan, signal)).next(cut(scan)).build();
  }

  private Step list(Scan scan, WorkSignal signal) {
    var span = new StepSpan<SourcePage, SourcePage>("list", scan.tenantId());
    var source =
        new PatientSource(
            new StoppableSource(scans.open(scan, span.context()), signal),
            settings.patience(),
            signal::mayGoOn);
    return new StepBuilder("list", repository)
        .<SourcePage, SourcePage>chunk(1)
        .transactionManager(transactions)
        .reader(new PageReader(source, listing, scan))
        .writer(pages -> pages.forEach(page -> listing.save(scan, page)))
        .interruptionPolicy(signal)
        .listener(span)
        .build();
  }

  private Step cut(Scan scan) {
    return new StepBuilder("cut", repository)
        .tasklet(
            (contribution, context) -> {
              cut.run(scan);
              return RepeatStatus.FINISHED;
            },
            transactions)
        .listener((StepExecutionListener) new StepSpan<>("cut", scan.tenantId()))
        .build();
  }
}
