package io.dorsal.accounts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tenant settled, what waits for its hour, and the ceilings above it. Immutable; the nodes
 * must not be changed.
 *
 * @param chosen the members that differ from their defaults
 * @param ceilings the operator's, of the shape of the settings
 * @param pending shortened retentions that do not hold yet, or hold since their hour
 */
public record Settled(ObjectNode chosen, ObjectNode ceilings, List<PendingChange> pending) {

  public Settled {
    pending = List.copyOf(pending);
  }

  /** Of a tenant that settled nothing. */
  static Settled nothing() {
    JsonMapper json = JsonMapper.shared();
    return new Settled(json.createObjectNode(), json.createObjectNode(), List.of());
  }

  /** What is due at this time stands among the chosen. */
  Settled at(Instant now) {
    ObjectNode due = chosen.deepCopy();
    List<PendingChange> left = new ArrayList<>();
    for (PendingChange each : pending) {
      if (each.effectiveAt().isAfter(now)) {
        left.add(each);
      } else {
        due.set(each.setting(), each.to());
      }
    }
    return new Settled(due, ceilings, left);
  }

  /** Every member as it holds at this time, under the ceilings. */
  ObjectNode inForce(Instant now) {
    Settled due = at(now);
    ObjectNode all = JsonMapper.shared().createObjectNode();
    for (Setting setting : Setting.values()) {
      JsonNode value = merged(setting.initial(), due.chosen().path(setting.key()));
      all.set(setting.key(), under(value, ceilings.path(setting.key())));
    }
    return all;
  }

  /** Every ceiling, the platform's own where the operator set none. */
  ObjectNode limits() {
    ObjectNode all = JsonMapper.shared().createObjectNode();
    for (Setting setting : Setting.values()) {
      if (setting.hasCeiling()) {
        all.set(setting.key(), merged(most(setting.rule()), ceilings.path(setting.key())));
      }
    }
    return all;
  }

  private static JsonNode most(SettingRule rule) {
    return switch (rule) {
      case SettingRule.Whole whole -> JsonMapper.shared().valueToTree(whole.most());
      case SettingRule.Group group -> {
        ObjectNode members = JsonMapper.shared().createObjectNode();
        group.members().forEach((name, whole) -> members.put(name, whole.most()));
        yield members;
      }
      default -> throw new IllegalArgumentException(rule + " has no ceiling");
    };
  }

  Optional<PendingChange> waiting(Setting setting) {
    return pending.stream().filter(each -> each.setting().equals(setting.key())).findFirst();
  }

  /** JSON merge patch (RFC 7396) of one value. */
  static JsonNode merged(JsonNode before, JsonNode patch) {
    if (patch.isMissingNode()) {
      return before;
    }
    if (!(patch instanceof ObjectNode members)) {
      return patch;
    }
    ObjectNode both =
        before instanceof ObjectNode object
            ? object.deepCopy()
            : JsonMapper.shared().createObjectNode();
    members.forEachEntry(
        (name, value) -> {
          if (value.isNull()) {
            both.remove(name);
          } else {
            both.set(name, merged(both.path(name), value));
          }
        });
    return both;
  }

  private static JsonNode under(JsonNode value, JsonNode ceiling) {
    if (value.isIntegralNumber() && ceiling.isIntegralNumber()) {
      return ceiling.asLong() < value.asLong() ? ceiling : value;
    }
    if (value instanceof ObjectNode members && ceiling.isObject()) {
      ObjectNode lowered = members.deepCopy();
      members.forEachEntry((name, each) -> lowered.set(name, under(each, ceiling.path(name))));
      return lowered;
    }
    return value;
  }
}
