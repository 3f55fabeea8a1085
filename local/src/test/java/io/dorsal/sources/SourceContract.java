package io.dorsal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Source} promises; each implementation inherits this and says how it is fed. */
abstract class SourceContract {

  /** An own root that no other test writes to. */
  private final String root = "t" + java.util.UUID.randomUUID() + "/";

  /** A source of its own instance that gives pages of at most this many files. */
  abstract Source source(String root, int page);

  /** Puts a file where the store keeps it. */
  abstract void put(String name, byte[] content);

  abstract void delete(String name);

  private Source source() {
    return source(root, 5_000);
  }

  private void put(String path, String content) {
    put(root + path, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void listsWhatIsThereOnceAndFlatRelativeToItsRoot() {
    put("b.jpg", "bb");
    put("a/b/c.jpg", "ccc");
    put("a-b.jpg", "");
    put("../" + "outside", "x");
    SourcePage page = source().list("", null);
    assertThat(page.next()).isNull();
    assertThat(page.files())
        .extracting(ListedFile::path)
        .containsExactlyInAnyOrder("b.jpg", "a/b/c.jpg", "a-b.jpg", "../outside");
    assertThat(page.files()).extracting(ListedFile::size).containsExactlyInAnyOrder(2L, 3L, 0L, 1L);
    assertThat(page.files())
        .allSatisfy(
            file -> {
              assertThat(file.etag()).startsWith("\"").endsWith("\"");
              assertThat(file.lastModified())
                  .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(60));
              assertThat(file.archived()).isFalse();
              assertThat(file.folderMarker()).isFalse();
            });
  }

  @Test
  void anEmptyRootIsAnEmptyPage() {
    assertThat(source().list("", null)).isEqualTo(new SourcePage(List.of(), null));
  }

  @Test
  void prefixIsTextNotAFolder() {
    List.of("2024/a", "2024b", "2023/a", "2024/b/c").forEach(path -> put(path, "x"));
    assertThat(paths(source().list("2024/", null))).containsExactlyInAnyOrder("2024/a", "2024/b/c");
    assertThat(paths(source().list("2024", null)))
        .containsExactlyInAnyOrder("2024/a", "2024b", "2024/b/c");
    assertThat(paths(source().list("..", null))).isEmpty();
  }

  @Test
  void pagesGoOnInAnotherInstanceWithoutGapOrDouble() {
    List<String> all = IntStream.range(0, 25).mapToObj(i -> "%02d.jpg".formatted(i)).toList();
    all.forEach(path -> put(path, "x"));
    List<String> seen = new ArrayList<>();
    @Nullable String next = null;
    int pages = 0;
    do {
      SourcePage page = source(root, 7).list("", next);
      assertThat(page.files()).hasSizeLessThanOrEqualTo(7);
      seen.addAll(paths(page));
      next = page.next();
      pages++;
    } while (next != null);
    assertThat(seen).containsExactlyElementsOf(all);
    assertThat(pages).isBetween(4, 5);
  }

  @Test
  void aPageIsTheSameWhenAskedForAgain() {
    IntStream.range(0, 9).forEach(i -> put(i + ".jpg", "x"));
    Source source = source(root, 4);
    String next = source.list("", null).next();
    assertThat(paths(source.list("", next))).isEqualTo(paths(source.list("", next)));
  }

  @Test
  void readsExactRangesAndFewerBytesOnlyAtTheEnd() {
    put("a.txt", "0123456789");
    String etag = source().stat("a.txt").etag();
    assertThat(read(etag, 0, 10)).isEqualTo("0123456789");
    assertThat(read(etag, 0, 1)).isEqualTo("0");
    assertThat(read(etag, 3, 4)).isEqualTo("3456");
    assertThat(read(etag, 8, 100)).isEqualTo("89");
    assertThat(read(etag, 9, 1)).isEqualTo("9");
    assertThat(read(etag, 10, 1)).isEmpty();
    assertThat(read(etag, 5_000, 10)).isEmpty();
  }

  @Test
  void listingAndLookingAgreeSoThatWhatWasListedCanBeRead() {
    put("a.txt", "0123456789");
    ListedFile listed = source().list("", null).files().getFirst();
    ListedFile seen = source().stat("a.txt");
    assertThat(seen.etag()).isEqualTo(listed.etag());
    assertThat(seen.size()).isEqualTo(listed.size());
    assertThat(seen.lastModified()).isEqualTo(listed.lastModified());
    assertThat(seen.contentMd5()).isEqualTo(listed.contentMd5());
    assertThat(read(listed.etag(), 2, 3)).isEqualTo("234");
  }

  @Test
  void anotherVersionIsNeverReadByMistake() {
    put("a.txt", "old");
    String old = source().stat("a.txt").etag();
    put("a.txt", "newer");
    refuses(SourceException.Kind.CHANGED, () -> read(old, 0, 3));
    assertThat(source().stat("a.txt").etag()).isNotEqualTo(old);
    assertThat(read(source().stat("a.txt").etag(), 0, 9)).isEqualTo("newer");
  }

  @Test
  void whatIsGoneIsMissing() {
    put("a.txt", "x");
    String etag = source().stat("a.txt").etag();
    delete(root + "a.txt");
    var read = catchThrowableOfType(SourceException.class, () -> read(etag, 0, 1));
    assertThat(read.kind()).isIn(SourceException.Kind.MISSING, SourceException.Kind.CHANGED);
    refuses(SourceException.Kind.MISSING, () -> source().stat("a.txt"));
    refuses(SourceException.Kind.MISSING, () -> source().stat("never/there"));
    assertThat(source().list("", null).files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.jpg",
        "blank in name .jpg",
        "100%.jpg",
        "%41.jpg",
        "a+b&c=d?e#f.jpg",
        "Gr\u00fcn.jpg",
        "Gru\u0308n.jpg",
        "\u0627\u0644\u062d\u0648\u062a\u200f.jpg",
        "\u202egpj.a",
        "\ud83d\udc0b\u200d\ud83d\udc0b.jpg",
        "line\nbreak.jpg",
        "tab\there.jpg",
        "trailing dot.",
        "x/../y.jpg",
        "x/./y.jpg",
        "double//slash.jpg",
        "quote'\"<>|.jpg",
        "CASE.jpg",
        "case.JPG",
      })
  void namesStayByteForByte(String name) {
    put(name, "content of " + name);
    assertThat(paths(source().list("", null))).containsExactly(name);
    ListedFile listed = source().list("", null).files().getFirst();
    assertThat(new String(source().read(name, listed.etag(), 0, 99), StandardCharsets.UTF_8))
        .isEqualTo("content of " + name);
    assertThat(source().stat(name).etag()).isEqualTo(listed.etag());
    assertThat(paths(source().list(name, null))).containsExactly(name);
  }

  @Test
  void twinsThatLookAlikeAreTwoFiles() {
    List.of("A.jpg", "a.jpg", "\u00e9.jpg", "e\u0301.jpg").forEach(name -> put(name, name));
    assertThat(paths(source().list("", null)))
        .containsExactlyInAnyOrder("A.jpg", "a.jpg", "\u00e9.jpg", "e\u0301.jpg");
  }

  static SourceException refuses(SourceException.Kind kind, ThrowingCallable request) {
    assertThatThrownBy(request).isInstanceOf(SourceException.class);
    SourceException refusal = catchThrowableOfType(SourceException.class, request);
    assertThat(refusal.kind()).isEqualTo(kind);
    return refusal;
  }

  private String read(String etag, long offset, int length) {
    return new String(source().read("a.txt", etag, offset, length), StandardCharsets.UTF_8);
  }

  private static List<String> paths(SourcePage page) {
    return page.files().stream().map(ListedFile::path).toList();
  }
}
