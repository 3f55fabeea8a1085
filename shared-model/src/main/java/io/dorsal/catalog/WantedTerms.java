package io.dorsal.catalog;

import io.dorsal.problem.Validation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A vocabulary as somebody asks for it. */
final class WantedTerms {

  static final int MOST = 200;

  private static final int LONGEST = 80;
  private static final Set<String> MEMBERS = Set.of("id", "name");

  private WantedTerms() {}

  /**
   * One of it.
   *
   * @param id null for a new entry, and for one that is known by its name
   */
  record Entry(@Nullable UUID id, String name) {}

  /** The member of a population that a vocabulary is. */
  static String field(TermKind kind) {
    return switch (kind) {
      case BEHAVIOR -> "behaviors";
      case PREY_SPECIES -> "prey_species";
    };
  }

  static String pointer(TermKind kind, int place, String member) {
    return "/" + field(kind) + "/" + place + "/" + member;
  }

  /** Tells what is wrong; null, which is JSON's absent, and JSON null are right. */
  static void check(TermKind kind, @Nullable JsonNode wanted, Validation faults) {
    if (wanted == null || wanted.isNull()) {
      return;
    }
    if (!wanted.isArray() || wanted.size() > MOST) {
      faults.reject(
          field(kind), "INVALID", field(kind) + " must be a list of at most " + MOST + " entries.");
      return;
    }
    Set<String> names = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      check(kind, i, wanted.get(i), names, ids, faults);
    }
  }

  private static void check(
      TermKind kind,
      int place,
      JsonNode entry,
      Set<String> names,
      Set<String> ids,
      Validation faults) {
    if (!entry.isObject() || !MEMBERS.containsAll(entry.propertyNames())) {
      faults.rejectAt(
          "/" + field(kind) + "/" + place, "INVALID", "An entry is an object {id?, name}.");
      return;
    }
    JsonNode id = entry.path("id");
    if (!id.isMissingNode() && !id.isNull()) {
      boolean fits = id.isString() && Validation.uuid(id.asString()) != null;
      if (!fits || !ids.add(id.asString().toLowerCase(Locale.ROOT))) {
        faults.rejectAt(
            pointer(kind, place, "id"),
            fits ? "DUPLICATE" : "WRONG_TYPE",
            "id must be the UUID of an entry, each once.");
      }
    }
    String name = name(entry);
    if (!Validation.isText(name) || Texts.length(name) > LONGEST) {
      faults.rejectAt(
          pointer(kind, place, "name"),
          "INVALID",
          "name must be text of 1 to " + LONGEST + " characters.");
    } else if (!names.add(Texts.key(name))) {
      faults.rejectAt(
          pointer(kind, place, "name"), "DUPLICATE", "Another entry of the list has this name.");
    }
  }

  private static String name(JsonNode entry) {
    JsonNode name = entry.path("name");
    return name.isString() ? Texts.clean(name.asString()) : "";
  }

  /** The entries of a checked list; none for JSON null. */
  static List<Entry> of(JsonNode wanted) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode each : wanted) {
      JsonNode id = each.path("id");
      entries.add(new Entry(id.isString() ? UUID.fromString(id.asString()) : null, name(each)));
    }
    return entries;
  }
}
