package io.dorsal.jobs.listing;

import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanListing;
import io.dorsal.discovery.ScanProgress;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourcePage;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the listing page by page from where the last commit left it, which the database knows:
 * nothing is kept here between calls, so a rollback needs no undoing.
 */
final class PageReader implements ItemReader<SourcePage> {

  private final Source source;
  private final ScanListing listing;
  private final Scan scan;

  PageReader(Source source, ScanListing listing, Scan scan) {
    this.source = source;
    this.listing = listing;
    this.scan = scan;
  }

  /** The next page; null once the last one is kept. */
  @Override
  public @Nullable SourcePage read() {
    ScanProgress progress = listing.progress(scan);
    return progress.listComplete()
        ? null
        : source.list(scan.roots().get(progress.listRoot()), progress.listToken());
  }
}
