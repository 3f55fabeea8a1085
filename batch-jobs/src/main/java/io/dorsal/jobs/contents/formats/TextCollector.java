package io.dorsal.jobs.contents.formats;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.DocumentText;
import io.dorsal.discovery.contents.FileContents;
import java.io.Writer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the first 1,000,000 characters of a document. Not thread-safe. */
final class TextCollector extends Writer {

  static final int MOST = 1_000_000;
  private static final int SAMPLE = 2_000;
  private static final int MOST_HITS = 200;

  private final StringBuilder text = new StringBuilder();

  /** Ends a reading that has given enough. */
  static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FullException() {
      super("enough text", null, false, false);
    }
  }

  @Override
  public void write(char[] chars, int from, int length) {
    add(new String(chars, from, Math.min(length, MOST + 1)));
  }

  /**
   * @throws FullException where no more is wanted
   */
  void add(CharSequence more) {
    int room = MOST - text.length();
    text.append(more, 0, Math.min(more.length(), room));
    if (more.length() >= room) {
      throw new FullException();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  /** What was taken, and where it met the pattern. */
  FileContents contents(@Nullable Pattern ids) {
    String sample = Words.lines(text.toString().strip(), SAMPLE);
    return FileContents.of(new DocumentText(text.length(), sample, hits(ids)));
  }

  private List<DocumentText.Hit> hits(@Nullable Pattern ids) {
    if (ids == null) {
      return List.of();
    }
    Map<String, Integer> counts = new HashMap<>();
    Matcher matcher = ids.matcher(text);
    while (matcher.find()) {
      String hit = Words.line(matcher.group(), Cell.LONGEST);
      if (!hit.isEmpty() && (counts.size() < MOST_HITS || counts.containsKey(hit))) {
        counts.merge(hit, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(each -> new DocumentText.Hit(each.getKey(), each.getValue()))
        .sorted(
            Comparator.comparingInt(DocumentText.Hit::count)
                .reversed()
                .thenComparing(DocumentText.Hit::text))
        .toList();
  }
}
