package io.dorsal.local.operator;

import io.dorsal.local.api.ApiRefusedException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a command shows: reports on stdout, words on stderr. */
final class Screen {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final boolean json;

  Screen(Surroundings surroundings, boolean json) {
    this.out = surroundings.out();
    this.err = surroundings.err();
    this.terminal = surroundings.outIsTerminal();
    this.json = json;
  }

  boolean json() {
    return json;
  }

  /** A line for people. */
  void say(String line) {
    err.println(Table.safe(line));
    err.flush();
  }

  /** The API's answer itself. */
  void json(Object answer) {
    out.println(JSON.writeValueAsString(answer));
    out.flush();
  }

  /** One thing, member by member, or as it came. */
  void show(JsonNode thing, Columns columns) {
    if (json) {
      json(thing);
    } else {
      details(thing, columns);
    }
  }

  /** Member by member, whatever was asked for. */
  void details(JsonNode thing, Columns columns) {
    List<List<String>> rows = columns.details(thing, terminal);
    print(terminal ? Table.aligned(List.of(), rows) : Table.plain(rows));
  }

  /** Rows under their titles; programs get no titles. */
  void rows(Iterable<JsonNode> things, Columns columns) {
    List<List<String>> rows =
        StreamSupport.stream(things.spliterator(), false)
            .map(thing -> columns.row(thing, terminal))
            .toList();
    if (!rows.isEmpty()) {
      print(terminal ? Table.aligned(columns.titles(), rows) : Table.plain(rows));
    }
  }

  /** A line of cells that belongs to no table. */
  void line(List<String> cells) {
    print(Table.plain(List.of(cells)));
  }

  /** Lines of a report. */
  void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  /** A line of JSON that is a part of something larger. */
  void printRaw(String text) {
    out.print(text);
    out.flush();
  }

  /** Why the API said no, and what to do. */
  void refusal(ApiRefusedException refused) {
    if (json && refused.problem().isObject()) {
      json(refused.problem());
    }
    if (!refused.problem().isObject()) {
      say("dorsal: " + refused.getMessage());
      return;
    }
    say("dorsal: " + refused.member("title") + " (" + refused.member("code") + ")");
    label("", refused.member("detail"));
    refused.fields().forEach(line -> label("- ", line));
    label("Fix: ", refused.member("fix"));
    label("Trace id: ", refused.member("trace_id"));
  }

  private void label(String label, String text) {
    if (!text.isEmpty()) {
      say("  " + label + text);
    }
  }
}
