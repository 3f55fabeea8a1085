package io.dorsal.discovery.patterns;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts how often texts come back, in bounded memory: where too many different ones come, those
 * seen once are forgotten now and then. Not thread-safe.
 */
final class Repeats {

  private static final int MOST = 5_000;

  /** One text of one piece, with the first name that held it. */
  static final class Entry {
    private final TextFind find;
    private final String name;
    private long count;
    private long comparable;
    private long equal;
    private boolean before;
    private boolean after;

    private Entry(TextFind find, String name) {
      this.find = find;
      this.name = name;
    }

    TextFind find() {
      return find;
    }

    long count() {
      return count;
    }

    boolean repeated() {
      return count > 1;
    }

    /** Adds the names of this text to a tally. */
    void into(Tally tally, boolean plausible) {
      tally.addMany(count, plausible ? count : 0, comparable, equal);
      tally.sample(name);
      tally.around(before, after);
    }
  }

  private final Map<String, Entry> entries = new HashMap<>();
  private long seen;
  private long nextPrune;

  void add(TextFind find, String value, String name) {
    seen++;
    String key = find.piece() + Remainder.TAKEN + value;
    Entry entry = entries.get(key);
    if (entry == null) {
      if (entries.size() >= MOST && !prune()) {
        return;
      }
      entry = new Entry(find, name);
      entries.put(key, entry);
    }
    entry.count++;
    entry.comparable += find.agrees() == null ? 0 : 1;
    entry.equal += Boolean.TRUE.equals(find.agrees()) ? 1 : 0;
    entry.before |= find.before();
    entry.after |= find.after();
  }

  void forEach(Consumer<Entry> consumer) {
    entries.values().forEach(consumer);
  }

  /** Makes room, but not more often than its cost allows. */
  private boolean prune() {
    if (seen >= nextPrune) {
      entries.values().removeIf(entry -> !entry.repeated());
      nextPrune = seen + MOST;
    }
    return entries.size() < MOST;
  }
}
