package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How much of a list is wanted; the pages behind it stay out of sight. */
final class Paging {

  private static final int DEFAULT = 50;

  /** The largest page of connections, sources and scans. */
  static final int RECORDS = 200;

  /** The largest page of files. */
  static final int FILES = 500;

  @Option(names = "--limit", description = "How many lines at most, default 50.")
  private @Nullable Integer limit;

  @Option(names = "--all", description = "Everything, however long it is.")
  private boolean all;

  /** Prints a list as it arrives, and says where there is more of it. */
  void list(Api api, Screen screen, String path, int pageSize, Columns columns)
      throws InterruptedException {
    list(api, screen, path, "items", pageSize, columns);
  }

  /**
   * As above.
   *
   * @param member of the answer, which holds the lines
   */
  void list(Api api, Screen screen, String path, String member, int pageSize, Columns columns)
      throws InterruptedException {
    long left = wanted();
    Lines lines = new Lines(screen, columns, member);
    String cursor = null;
    do {
      int size = (int) Math.min(left, pageSize);
      JsonNode page = page(api, path, size, cursor);
      lines.add(page.path(member));
      left -= page.path(member).size();
      cursor = page.path("next_cursor").asStringOpt().orElse(null);
    } while (cursor != null && left > 0);
    lines.end(cursor);
  }

  /** All items of a list, for looking something up. */
  static List<JsonNode> everything(Api api, String path) throws InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode page = page(api, path, RECORDS, cursor);
      page.path("items").forEach(items::add);
      cursor = page.path("next_cursor").asStringOpt().orElse(null);
    } while (cursor != null);
    return items;
  }

  private static JsonNode page(Api api, String path, int size, @Nullable String cursor)
      throws InterruptedException {
    Map<String, @Nullable String> query = new LinkedHashMap<>();
    query.put("limit", String.valueOf(size));
    query.put("cursor", cursor);
    return api.get(Api.path(path, query)).body();
  }

  private long wanted() {
    if (all && limit != null) {
      throw new UsageException("--limit and --all exclude each other");
    }
    if (limit != null && limit < 1) {
      throw new UsageException("--limit is at least 1");
    }
    return all ? Long.MAX_VALUE : limit == null ? DEFAULT : limit;
  }

  /** The lines on their way to the screen; JSON is one object however many pages there were. */
  private static final class Lines {

    private final Screen screen;
    private final Columns columns;
    private final String member;
    private long count;

    Lines(Screen screen, Columns columns, String member) {
      this.screen = screen;
      this.columns = columns;
      this.member = member;
    }

    void add(JsonNode items) {
      if (!screen.json()) {
        screen.rows(items, columns);
        count += items.size();
        return;
      }
      for (JsonNode item : items) {
        screen.printRaw(count == 0 ? "{\"" + member + "\": [\n" : ",\n");
        screen.printRaw(JsonMapper.shared().writeValueAsString(item));
        count++;
      }
    }

    void end(@Nullable String cursor) {
      if (screen.json()) {
        String next = cursor == null ? "null" : "\"" + cursor + "\"";
        screen.printRaw(count == 0 ? "{\"" + member + "\": [" : "");
        screen.printRaw("\n], \"next_cursor\": " + next + "}\n");
      } else if (count == 0) {
        screen.say("There are none.");
      }
      if (cursor != null) {
        screen.say("There are more: --limit N or --all shows them.");
      }
    }
  }
}
