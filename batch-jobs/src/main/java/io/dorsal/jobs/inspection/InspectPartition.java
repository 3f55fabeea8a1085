package io.dorsal.jobs.inspection;

import io.dorsal.access.Tenancy;
import io.dorsal.discovery.ChunkWriter;
import io.dorsal.discovery.InspectedFile;
import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.PartitionWork;
import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanPartition;
import io.dorsal.discovery.ScanWork;
import io.dorsal.discovery.Shots;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.jobs.JobsSettings;
import io.dorsal.jobs.contents.ContentReader;
import io.dorsal.jobs.intake.StepSpan;
import io.dorsal.jobs.intake.StoppableSource;
import io.dorsal.jobs.intake.WorkSignal;
import io.dorsal.sources.PatientSource;
import io.dorsal.work.LeasedTransactionManager;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.stereotype.Component;

/**
 * The job {@code inspectPartition}: step {@code inspect} reads the partition's files, many at once,
 * 500 to a commit; step {@code settle} joins what belongs to one shot; step {@code finish} ends the
 * partition and, with the last one, the scan.
 */
@Component
class InspectPartition {

  static final String NAME = "inspectPartition";

  /** Files per commit. */
  static final int CHUNK = 500;

  private final JobRepository repository;
  private final LeasedTransactionManager transactions;
  private final ScanWork scans;
  private final PartitionWork partitions;
  private final ChunkWriter writer;
  private final Shots shots;
  private final JobsSettings settings;
  private final MetadataReader metadata;

  InspectPartition(
      JobRepository repository,
      LeasedTransactionManager transactions,
      ScanWork scans,
      PartitionWork partitions,
      ChunkWriter writer,
      Shots shots,
      JobsSettings settings,
      Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.scans = scans;
    this.partitions = partitions;
    this.writer = writer;
    this.shots = shots;
    this.settings = settings;
    this.metadata = new MetadataReader(clock);
  }

  /**
   * @param places on which the partition's files are inspected
   */
  Job job(
      Scan scan,
      ScanPartition partition,
      WorkSignal signal,
      ContentReader contents,
      Executor places) {
    return new JobBuilder(NAME, repository)
        .start(inspect(scan, partition, signal, contents, places))
        .next(settle(scan, partition, signal))
        .next(finish(scan, partition))
        .build();
  }

  private Step inspect(
      Scan scan,
      ScanPartition partition,
      WorkSignal signal,
      ContentReader contents,
      Executor places) {
    var span = new StepSpan<PartitionItem, InspectedFile>("inspect", scan.tenantId());
    var source =
        new PatientSource(
            new StoppableSource(scans.open(scan, span.context()), signal),
            settings.patience(),
            signal::mayGoOn);
    var inspector = new FileInspector(metadata, contents, source);
    return new StepBuilder("inspect", repository)
        .<PartitionItem, InspectedFile>chunk(CHUNK)
        .transactionManager(transactions)
        .reader(new PartitionReader(partitions, partition))
        .processor(
            partition.oneByOne()
                ? new OneByOne(inspector, partitions, partition, CHUNK)::inspect
                : inspector::inspect)
        .writer(files -> write(scan, partition, files.getItems()))
        .taskExecutor(atOnce(scan, partition, places))
        .interruptionPolicy(signal)
        .listener(span)
        // What is left is in the database: an end that finish refused is made good.
        .allowStartIfComplete(true)
        .build();
  }

  private AsyncTaskExecutor atOnce(Scan scan, ScanPartition partition, Executor places) {
    // Files taken one by one wait for each other, and must not do so in the others' places.
    var own = new Semaphore(partition.oneByOne() ? settings.reads() : CHUNK);
    var atOnce = new TaskExecutorAdapter(places);
    atOnce.setTaskDecorator(
        task -> {
          own.acquireUninterruptibly();
          return () -> {
            try {
              Tenancy.run(scan.tenantId(), task);
            } finally {
              own.release();
            }
          };
        });
    return atOnce;
  }

  private void write(Scan scan, ScanPartition partition, List<? extends InspectedFile> files) {
    writer.write(scan, partition, files);
    for (InspectedFile file : files) {
      if (file.contents() != null) {
        ContentReader.forget(file.contents());
      }
    }
  }

  /** Files of one shot may lie in two partitions: the one that is read last finds both. */
  private Step settle(Scan scan, ScanPartition partition, WorkSignal signal) {
    var settled = new AtomicLong();
    return new StepBuilder("settle", repository)
        .tasklet(
            (contribution, context) -> {
              signal.mayGoOn();
              OptionalLong next = shots.settle(scan, partition, settled.get());
              next.ifPresent(settled::set);
              return RepeatStatus.continueIf(next.isPresent());
            },
            transactions)
        .listener((StepExecutionListener) new StepSpan<>("settle", scan.tenantId()))
        .build();
  }

  private Step finish(Scan scan, ScanPartition partition) {
    return new StepBuilder("finish", repository)
        .tasklet(
            (contribution, context) -> {
              partitions.finish(partition.scanId(), partition.number());
              return RepeatStatus.FINISHED;
            },
            transactions)
        .listener((StepExecutionListener) new StepSpan<>("finish", scan.tenantId()))
        .build();
  }
}
