package io.dorsal.jobs.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanListing;
import io.dorsal.discovery.ScanWork;
import io.dorsal.discovery.ScansForTests;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourcePage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the next page of a listing begins: where the last commit says, and nowhere else. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class PageReadingIntegrationTests {

  private static ConfigurableApplicationContext rooms;

  private final Caller caller = ScansForTests.someone();
  private final ThreePages store = new ThreePages();
  private Scan scan;
  private PageReader reader;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void list() {
    Scan requested = ScansForTests.requested(rooms, caller);
    scan =
        rooms.getBean(ScanWork.class).beginListing(caller.tenantId(), requested.id()).orElseThrow();
    reader = reader();
  }

  @Test
  void pagesFollowEachOtherToTheEnd() {
    assertThat(commitNext()).isEqualTo("page 1");
    assertThat(commitNext()).isEqualTo("page 2");
    assertThat(commitNext()).isEqualTo("page 3");
    assertThat(commitNext()).isNull();
    assertThat(store.asked).containsExactly("start", "to 2", "to 3");
  }

  @Test
  void pageWhoseCommitFailedIsReadAgain() {
    assertThat(commitNext()).isEqualTo("page 1");
    assertThatThrownBy(
            () ->
                next(
                    page -> {
                      throw new IllegalStateException("the commit fails");
                    }))
        .hasMessage("the commit fails");
    assertThat(commitNext()).isEqualTo("page 2");
    assertThat(commitNext()).isEqualTo("page 3");
    assertThat(commitNext()).isNull();
    assertThat(store.asked).containsExactly("start", "to 2", "to 2", "to 3");
  }

  @Test
  void anotherWorkerGoesOnWhereTheFirstCameTo() {
    assertThat(commitNext()).isEqualTo("page 1");
    reader = reader();
    assertThat(commitNext()).isEqualTo("page 2");
    assertThat(commitNext()).isEqualTo("page 3");
    // All is kept: whoever looks again asks the store for nothing.
    reader = reader();
    assertThat(commitNext()).isNull();
    assertThat(store.asked).containsExactly("start", "to 2", "to 3");
  }

  private PageReader reader() {
    return new PageReader(store, listing(), scan);
  }

  private static ScanListing listing() {
    return rooms.getBean(ScanListing.class);
  }

  /** Reads the next page and keeps it, as one chunk of the step does; tells its only file. */
  private @Nullable String commitNext() {
    return next(page -> {});
  }

  private @Nullable String next(Consumer<SourcePage> beforeCommit) {
    return new TransactionTemplate(
            rooms.getBean(org.springframework.transaction.PlatformTransactionManager.class))
        .execute(
            status -> {
              SourcePage page = reader.read();
              if (page == null) {
                return null;
              }
              listing().save(scan, page);
              beforeCommit.accept(page);
              return page.files().getFirst().path();
            });
  }

  /** A store of three pages of one file each, which remembers what it was asked for. */
  private static final class ThreePages implements Source {

    private final List<String> asked = new ArrayList<>();

    @Override
    public SourcePage list(String prefix, @Nullable String continuation) {
      asked.add(continuation == null ? "start" : continuation);
      int page = continuation == null ? 1 : continuation.charAt(3) - '0';
      var file =
          new ListedFile("page " + page, 1, "\"1\"", Instant.EPOCH, null, null, false, false);
      return new SourcePage(List.of(file), page == 3 ? null : "to " + (page + 1));
    }

    @Override
    public byte[] read(String path, String etag, long offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ListedFile stat(String path) {
      throw new UnsupportedOperationException();
    }
  }
}
