package io.dorsal.catalog;

import io.dorsal.access.Uuid7;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The vocabularies of populations. Thread-safe. */
@Component
class Terms {

  private final JdbcClient jdbc;

  Terms(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All of a kind in their order, retired ones last. */
  List<Term> of(Population population, TermKind kind) {
    return jdbc.sql(
            """
            select id, name, retired from population_term
            where tenant_id = :tenant and population_id = :population and kind = :kind
            order by retired, place, id
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("kind", kind.name())
        .query(
            (row, number) ->
                new Term(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getBoolean("retired")))
        .list();
  }

  /**
   * Makes the list what is wanted: entries are known by their id, else by their name, so that one
   * that was retired comes back; what is not wanted any more is retired.
   *
   * @param wanted checked by {@link WantedTerms}; null where the list stays
   * @throws ProblemException VALIDATION_FAILED for an id that the list does not have, and for the
   *     name of another entry
   */
  void replace(Population population, TermKind kind, @Nullable JsonNode wanted) {
    if (wanted == null) {
      return;
    }
    List<WantedTerms.Entry> entries = WantedTerms.of(wanted);
    Map<UUID, Term> left = new HashMap<>();
    of(population, kind).forEach(term -> left.put(term.id(), term));
    Map<String, UUID> byName = new HashMap<>();
    left.values().forEach(term -> byName.put(Texts.key(term.name()), term.id()));
    // An entry that gets another name leaves its own to a new one.
    entries.forEach(each -> byName.values().removeIf(id -> id.equals(each.id())));
    var faults = new Validation();
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      WantedTerms.Entry each = entries.get(i);
      UUID id = each.id() == null ? byName.get(Texts.key(each.name())) : each.id();
      if (id != null && left.remove(id) == null) {
        faults.rejectAt(
            WantedTerms.pointer(kind, i, "id"), "UNKNOWN", "The list has no entry with this id.");
      }
      ids.add(id == null ? Uuid7.next() : id);
    }
    // Whoever keeps its name though another entry wants it is only known now.
    for (int i = 0; i < entries.size(); i++) {
      UUID holder = byName.get(Texts.key(entries.get(i).name()));
      if (holder != null && left.containsKey(holder)) {
        faults.rejectAt(
            WantedTerms.pointer(kind, i, "name"), "DUPLICATE", "A retired entry has this name.");
      }
    }
    faults.orThrow();
    for (int i = 0; i < entries.size(); i++) {
      write(population, kind, ids.get(i), entries.get(i).name(), i);
    }
    left.keySet().forEach(id -> retire(population, id));
  }

  private void write(Population population, TermKind kind, UUID id, String name, int place) {
    jdbc.sql(
            """
            insert into population_term (tenant_id, id, population_id, kind, name, name_key, place)
            values (:tenant, :id, :population, :kind, :name, :key, :place)
            on conflict (tenant_id, id) do update set name = excluded.name,
              name_key = excluded.name_key, place = excluded.place, retired = false
            """)
        .param("tenant", population.tenantId())
        .param("id", id)
        .param("population", population.id())
        .param("kind", kind.name())
        .param("name", name)
        .param("key", Texts.key(name))
        .param("place", place)
        .update();
  }

  private void retire(Population population, UUID id) {
    jdbc.sql("update population_term set retired = true where tenant_id = :tenant and id = :id")
        .param("tenant", population.tenantId())
        .param("id", id)
        .update();
  }
}
