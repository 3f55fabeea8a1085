package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Finds what a person means by an id or a name. */
final class Lookup {

  private static final int SHOWN = 10;

  private final Api api;

  Lookup(Api api) {
    this.api = api;
  }

  /** See {@link #find}. */
  ApiAnswer connection(String given) throws InterruptedException {
    return find("connection", "/connections", given);
  }

  /** See {@link #find}. */
  ApiAnswer source(String given) throws InterruptedException {
    return find("source", "/sources", given);
  }

  /** See {@link #find}. */
  ApiAnswer format(String given) throws InterruptedException {
    return find("format", "/spreadsheet-formats", given);
  }

  /** An id as it was given. */
  static String id(String kind, String given) {
    if (!isId(given)) {
      throw new UsageException("a " + kind + " is named by its id, not by " + given);
    }
    return given;
  }

  /** A scan's id; {@code last} is the one that was asked for last. */
  String scan(String given) throws InterruptedException {
    if (isId(given)) {
      return given;
    }
    if (!given.equals("last")) {
      throw new UsageException("a scan is named by its id, or by the word last; not by " + given);
    }
    JsonNode newest = api.get("/scans?limit=1").body().path("items").path(0);
    if (newest.isMissingNode()) {
      throw new IllegalArgumentException(
          "There are no scans yet; start one: dorsal scans start SOURCE");
    }
    return newest.path("id").asString("");
  }

  /**
   * The record with its version.
   *
   * @throws IllegalArgumentException when nothing has this name, or several things have
   */
  private ApiAnswer find(String kind, String collection, String given) throws InterruptedException {
    if (isId(given)) {
      return api.get(collection + "/" + given);
    }
    List<JsonNode> all = Paging.everything(api, collection);
    List<JsonNode> named =
        all.stream()
            .filter(each -> each.path("name").asString("").equalsIgnoreCase(given))
            .toList();
    if (named.size() == 1) {
      return api.get(collection + "/" + named.getFirst().path("id").asString(""));
    }
    throw new IllegalArgumentException(
        named.isEmpty() ? unknown(kind, given, all) : several(kind, given, named));
  }

  private static String unknown(String kind, String given, List<JsonNode> all) {
    String none = "No " + kind + " is called \"" + given + "\".";
    if (all.isEmpty()) {
      return none + " There are none yet; make one: dorsal " + kind + "s add";
    }
    String names =
        String.join(
            ", ", all.stream().limit(SHOWN).map(each -> each.path("name").asString("")).toList());
    return none + " There are: " + names + (all.size() > SHOWN ? ", …" : "");
  }

  private static String several(String kind, String given, List<JsonNode> named) {
    return String.format(
        Locale.ROOT,
        "%d %ss are called \"%s\"; give the id of one: %s",
        named.size(),
        kind,
        given,
        String.join(", ", named.stream().map(each -> each.path("id").asString("")).toList()));
  }

  private static boolean isId(String given) {
    return given.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }
}
