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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
                      awaitAsked("to 3");
                      throw new IllegalStateException("the commit fails");
                    }))
        .hasMessage("the commit fails");
    assertThat(commitNext()).isEqualTo("page 2");
    assertThat(commitNext()).isEqualTo("page 3");
    assertThat(commitNext()).isNull();
    assertThat(store.asked).containsExactly("start", "to 2", "to 3", "to 2", "to 3");
  }

  @Test
  void anotherWorkerGoesOnWhereTheFirstCameTo() {
    assertThat(commitNext()).isEqualTo("page 1");
    awaitAsked("to 2");
    reader = reader();
    assertThat(commitNext()).isEqualTo("page 2");
    assertThat(commitNext()).isEqualTo("page 3");
    // All is kept: whoever looks again asks the store for nothing.
    reader = reader();
    assertThat(commitNext()).isNull();
    assertThat(store.asked).containsExactly("start", "to 2", "to 2", "to 3");
  }

  @Test
  void theNextPageIsOnItsWayWhileOneIsKept() {
    assertThat(next(page -> awaitAsked("to 2"))).isEqualTo("page 1");
    assertThat(next(page -> awaitAsked("to 3"))).isEqualTo("page 2");
  }

  @Test
  void aRefusalAheadIsToldWhereItsPageIsDue() {
    store.refused = "to 2";
    assertThat(commitNext()).isEqualTo("page 1");
    assertThatThrownBy(this::commitNext).hasMessage("refused");
    store.refused = "";
    assertThat(commitNext()).isEqualTo("page 2");
  }

  private void awaitAsked(String token) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!store.asked.contains(token) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(store.asked).contains(token);
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
              SourcePage page = read();
              if (page == null) {
                return null;
              }
              listing().save(scan, page);
              beforeCommit.accept(page);
              return page.files().getFirst().path();
            });
  }

  private @Nullable SourcePage read() {
    try {
      return reader.read();
    } catch (Exception e) {
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  /** A store of three pages of one file each, which remembers what it was asked for. */
  private static final class ThreePages implements Source {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String refused = "";

    @Override
    public SourcePage list(String prefix, @Nullable String continuation) {
      asked.add(continuation == null ? "start" : continuation);
      if (refused.equals(continuation)) {
        throw new IllegalStateException("refused");
      }
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
