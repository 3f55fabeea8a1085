package io.dorsal.jobs.inspection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.discovery.InspectedFile;
import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.jobs.contents.ContentReaders;
import io.dorsal.jobs.contents.ContentsSettings;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourceException;
import io.dorsal.sources.SourcePage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

class FileInspectorTests {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String LISTED = "\"listed\"";

  private final OneFile store = new OneFile();
  private final ContentReaders readers =
      new ContentReaders(
          new ContentsSettings(1, DataSize.ofMegabytes(64), Duration.ofSeconds(30), null));
  private final FileInspector inspector =
      new FileInspector(
          new MetadataReader(Clock.fixed(NOW, ZoneOffset.UTC)),
          readers.open(null, () -> {}),
          store);

  @AfterEach
  void closeReaders() {
    readers.destroy();
  }

  @Test
  void readsTheVersionThatWasListed() {
    InspectedFile file = inspector.inspect(item());
    Inspection inspection = requireNonNull(file.inspection());
    assertThat(inspection.outcome()).isEqualTo(Inspection.Outcome.INSPECTED);
    assertThat(requireNonNull(inspection.image()).width()).isEqualTo(40);
    assertThat(file.current()).isNull();
    assertThat(store.asked).containsOnly("read " + LISTED);
  }

  @Test
  void archivedFileIsSkippedUnread() {
    var item = new PartitionItem(1, id(), "a.png", 9, LISTED, FileClass.IMAGE, true, false);
    skipped(inspector.inspect(item), "ARCHIVED");
    assertThat(store.asked).isEmpty();
  }

  @Test
  void fileThatWentToTheArchiveSinceIsSkipped() {
    store.onRead = etag -> refuse(SourceException.Kind.ARCHIVED);
    skipped(inspector.inspect(item()), "ARCHIVED");
  }

  @Test
  void fileThatIsGoneHasNoInspection() {
    store.onRead = etag -> refuse(SourceException.Kind.MISSING);
    InspectedFile file = inspector.inspect(item());
    assertThat(file.inspection()).isNull();
    assertThat(file.current()).isNull();
    assertThat(store.asked).containsExactly("read " + LISTED);
  }

  @Test
  void changedFileIsLookedAtOnceAndReadAgain() {
    store.change();
    InspectedFile file = inspector.inspect(item());
    assertThat(requireNonNull(file.inspection()).outcome()).isEqualTo(Inspection.Outcome.INSPECTED);
    assertThat(requireNonNull(file.current()).etag()).isEqualTo("\"now\"");
    assertThat(store.asked.getFirst()).isEqualTo("read " + LISTED);
    assertThat(store.asked.get(1)).isEqualTo("stat");
    assertThat(store.asked.subList(2, store.asked.size())).containsOnly("read \"now\"");
  }

  @Test
  void fileThatChangesUnderOurHandsIsLeftToTheNextScan() {
    store.change();
    store.onRead = etag -> refuse(SourceException.Kind.CHANGED);
    skipped(inspector.inspect(item()), "SOURCE_CHANGED");
    assertThat(store.asked).containsExactly("read " + LISTED, "stat", "read \"now\"");
  }

  @Test
  void fileThatChangedAndWentIsGone() {
    store.change();
    store.onStat = () -> refuse(SourceException.Kind.MISSING);
    assertThat(inspector.inspect(item()).inspection()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceException.Kind.class,
      names = {"BUSY", "AUTH", "UNAVAILABLE"})
  void failureOfTheStorePassesUnchanged(SourceException.Kind kind) {
    var refusal = new SourceException(kind, null, "refused", null, null);
    store.onRead =
        etag -> {
          throw refusal;
        };
    assertThatThrownBy(() -> inspector.inspect(item())).isSameAs(refusal);
    store.onRead = etag -> {};
    store.change();
    store.onStat =
        () -> {
          throw refusal;
        };
    assertThatThrownBy(() -> inspector.inspect(item())).isSameAs(refusal);
  }

  @Test
  void wordToStopPassesUnchanged() {
    var stop = new IllegalStateException("stop");
    store.onRead =
        etag -> {
          throw stop;
        };
    assertThatThrownBy(() -> inspector.inspect(item())).isSameAs(stop);
  }

  @Test
  void brokenBytesCostThatFileOnly() {
    store.bytes = "this is no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Inspection inspection = requireNonNull(inspector.inspect(item()).inspection());
    assertThat(inspection.outcome()).isEqualTo(Inspection.Outcome.UNREADABLE);
    assertThat(inspection.code()).isEqualTo("CORRUPT");
    store.bytes = new byte[0];
    assertThat(requireNonNull(inspector.inspect(item()).inspection()).code())
        .isEqualTo("EMPTY_FILE");
  }

  private static void skipped(InspectedFile file, String code) {
    Inspection inspection = requireNonNull(file.inspection());
    assertThat(inspection.outcome()).isEqualTo(Inspection.Outcome.SKIPPED);
    assertThat(inspection.code()).isEqualTo(code);
    assertThat(inspection.bytesRead()).isZero();
  }

  private static void refuse(SourceException.Kind kind) {
    throw new SourceException(kind, null, "refused", null, null);
  }

  private PartitionItem item() {
    return new PartitionItem(
        1, id(), "a.png", store.bytes.length, LISTED, FileClass.IMAGE, false, false);
  }

  private static UUID id() {
    return new UUID(0, 1);
  }

  /** A store that holds one file and tells what it was asked. */
  private static final class OneFile implements Source {
    private final List<String> asked = new ArrayList<>();
    private byte[] bytes = png();
    private String etag = LISTED;
    private Consumer<String> onRead = wanted -> {};
    private Runnable onStat = () -> {};

    void change() {
      etag = "\"now\"";
    }

    @Override
    public SourcePage list(String prefix, @Nullable String continuation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] read(String path, String wanted, long offset, int length) {
      asked.add("read " + wanted);
      if (!wanted.equals(etag)) {
        refuse(SourceException.Kind.CHANGED);
      }
      onRead.accept(wanted);
      int end = (int) Math.min(bytes.length, offset + length);
      return java.util.Arrays.copyOfRange(bytes, (int) offset, end);
    }

    @Override
    public ListedFile stat(String path) {
      asked.add("stat");
      onStat.run();
      return new ListedFile(path, bytes.length, etag, NOW, null, null, false, false);
    }

    private static byte[] png() {
      try {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new java.awt.image.BufferedImage(40, 30, 1), "png", out);
        return out.toByteArray();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
