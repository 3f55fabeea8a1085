package io.dorsal.functions.work;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.discovery.IssueSweep;
import io.dorsal.discovery.ScanSweep;
import io.dorsal.operations.TraceContext;
import io.dorsal.work.RecordSweep;
import org.springframework.stereotype.Component;

/** The end of what is recorded of work. Harmless where several instances do it at once. */
@Component
public class RecordTimers {

  private final ScanSweep scans;
  private final IssueSweep issues;
  private final RecordSweep records;

  RecordTimers(ScanSweep scans, IssueSweep issues, RecordSweep records) {
    this.scans = scans;
    this.issues = issues;
    this.records = records;
  }

  /** Every ten minutes: forgets what is kept long enough, a bounded part at a time. */
  @FunctionName("ForgetRecords")
  public void forget(@TimerTrigger(name = "timer", schedule = "45 */10 * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      scans.forgetOld();
      issues.forgetOld();
      records.forgetOld();
    }
  }
}
