package io.dorsal.accounts;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A wanted change of settings: JSON merge patch (RFC 7396), so that null brings a default back.
 * Pure; for one thread.
 */
final class SettingsPatch {

  /** How long a shortened retention can be taken back. */
  static final Duration GRACE = Duration.ofHours(24);

  /**
   * A retention that the patch shortens.
   *
   */
  record Loss(Setting setting, JsonNode from, JsonNode to) {}

  /** Members by name as they were and as they are to be. */
  record Outcome(
      Settled settled, Map<String, Object> before, Map<String, Object> after, List<Loss> losses) {

    boolean changesNothing() {
      return after.isEmpty();
    }
  }

  private final JsonNode patch;
  private final String actor;
  private final Instant now;

  SettingsPatch(JsonNode patch, String actor, Instant now) {
    this.patch = patch;
    this.actor = actor;
    this.now = now;
  }

  /**
   * @throws ProblemException VALIDATION_FAILED with the fields and {@code details.limits}
   */
  void validate(Settled current, Predicate<URI> reachable) {
    var faults = new SettingRule.Faults(reachable);
    if (!patch.isObject()) {
      faults.reject("settings", "/settings", "WRONG_TYPE", "settings must be an object.");
    }
    patch.forEachEntry(
        (name, value) -> {
          Setting setting = Setting.of(name).orElse(null);
          if (setting == null) {
            faults.unknown("settings", "/settings", name);
          } else if (!value.isNull()) {
            faults.check(
                name,
                "/settings/" + name,
                setting.rule(),
                value,
                current.ceilings().path(setting.key()));
          }
        });
    if (!faults.errors().isEmpty()) {
      throw refusal(faults);
    }
  }

  static ProblemException refusal(SettingRule.Faults faults) {
    int more = faults.errors().size() - 1;
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("fields", faults.errors());
    details.put("limits", faults.limits());
    return new ProblemException(
        GeneralProblem.VALIDATION_FAILED,
        faults.errors().getFirst().message() + (more > 0 ? " (+" + more + " more)" : ""),
        details);
  }

  /** What it makes of valid settings. */
  Outcome apply(Settled before) {
    Settled due = before.at(now);
    ObjectNode inForce = before.inForce(now);
    ObjectNode chosen = due.chosen().deepCopy();
    List<PendingChange> pending = new ArrayList<>(due.pending());
    Map<String, Object> old = new LinkedHashMap<>();
    Map<String, Object> fresh = new LinkedHashMap<>();
    List<Loss> losses = new ArrayList<>();
    patch.forEachEntry(
        (name, value) -> {
          Setting setting = Setting.of(name).orElseThrow();
          JsonNode from = Settled.merged(setting.initial(), chosen.path(name));
          JsonNode override = Settled.merged(chosen.path(name), value);
          JsonNode to =
              value.isNull() ? setting.initial() : Settled.merged(setting.initial(), override);
          PendingChange waiting = due.waiting(setting).orElse(null);
          if (waiting != null && waiting.to().equals(to)) {
            return;
          }
          if (waiting != null) {
            pending.remove(waiting);
            old.put(name, Map.of("value", from, "pending", waiting));
            fresh.put(name, Map.of("value", from));
          }
          if (setting.losesData(from, to)) {
            var later = new PendingChange(name, from, to, now.plus(GRACE), actor);
            pending.add(later);
            losses.add(new Loss(setting, from, to));
            old.putIfAbsent(name, Map.of("value", from));
            fresh.put(name, Map.of("value", from, "pending", later));
          } else if (!from.equals(to)) {
            set(chosen, name, value, override);
            old.putIfAbsent(name, inForce.path(name));
            fresh.put(name, to);
          }
        });
    return new Outcome(new Settled(chosen, before.ceilings(), pending), old, fresh, losses);
  }

  private static void set(ObjectNode chosen, String name, JsonNode value, JsonNode override) {
    if (value.isNull()) {
      chosen.remove(name);
    } else {
      chosen.set(name, Objects.requireNonNull(override));
    }
  }
}
