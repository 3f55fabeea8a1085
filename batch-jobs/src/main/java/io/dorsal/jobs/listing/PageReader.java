package io.dorsal.jobs.listing;

import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanListing;
import io.dorsal.discovery.ScanProgress;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourcePage;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the listing page by page from where the last commit left it, which the database knows. The
 * page behind the one that is given is asked for already, so that the store works while a page is
 * kept; where the commit left off elsewhere, that page is thrown away: a rollback needs no undoing.
 */
final class PageReader implements ItemReader<SourcePage> {

  private final Source source;
  private final ScanListing listing;
  private final Scan scan;
  private @Nullable Ahead ahead;

  PageReader(Source source, ScanListing listing, Scan scan) {
    this.source = source;
    this.listing = listing;
    this.scan = scan;
  }

  /** A page on its way. */
  private record Ahead(String root, String token, FutureTask<SourcePage> page) {}

  /** The next page; null once the last one is kept. */
  @Override
  public @Nullable SourcePage read() throws Exception {
    ScanProgress progress = listing.progress(scan);
    if (progress.listComplete()) {
      return null;
    }
    String root = scan.roots().get(progress.listRoot());
    SourcePage page = page(root, progress.listToken());
    ahead = page.next() == null ? null : ask(root, page.next());
    return page;
  }

  private SourcePage page(String root, @Nullable String token) throws Exception {
    Ahead asked = ahead;
    ahead = null;
    if (asked == null || !asked.root().equals(root) || !Objects.equals(asked.token(), token)) {
      return source.list(root, token);
    }
    try {
      return asked.page().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Ahead ask(String root, String token) {
    var page = new FutureTask<>(() -> source.list(root, token));
    Thread.ofVirtual().name("list-ahead-" + scan.id()).start(page);
    return new Ahead(root, token, page);
  }
}
