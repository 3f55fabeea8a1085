package io.dorsal.jobs;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 10 of section 7.2 to the letter: its 25,000 files, with leases and locks as shipped. */
@ExtendWith(SharedStack.class)
class ShippedLeasesIntegrationTests {

  @Tag("long")
  @Test
  void scenario10ScanOfAWorkerKilledAfter25000FilesGoesOn(ScanFixture scans) throws Exception {
    Archive archive = scans.archive("shipped", 30_000);
    // Holds up the last partition, so that something is left when the worker dies.
    scans.fault(archive.reads(archive.nameableFrom(28_000)), "DELAY 60000");
    new KilledWorker(scans, archive).scanGoesOnAtItsLastChunk(25_000, 1_500);
  }
}
