package io.dorsal.local.storage;

import io.dorsal.local.storage.FaultRule.Action;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The faults in force; the oldest rule that fits a request acts. Safe for use by several threads.
 */
public final class FaultRules {

  /**
   * A rule and what it has done.
   *
   * @param seen requests that matched, whether it acted on them or not
   */
  public record State(FaultRule rule, long seen, long acted) {}

  private final List<Counted> rules = new CopyOnWriteArrayList<>();

  public void add(FaultRule rule) {
    rules.add(new Counted(rule));
  }

  public void clear() {
    rules.clear();
  }

  public List<State> states() {
    return rules.stream().map(Counted::state).toList();
  }

  /** What this request meets, and counts it. */
  Optional<Action> meet(String method, String path, String query) {
    for (Counted rule : rules) {
      if (rule.fits(method, path, query) && rule.take()) {
        return Optional.of(rule.action);
      }
    }
    return Optional.empty();
  }

  private static final class Counted {
    private final FaultRule rule;
    private final String method;
    private final Pattern pattern;
    private final Action action;
    private long seen;
    private long acted;

    Counted(FaultRule rule) {
      String[] parts = rule.match().split(" ", 2);
      this.rule = rule;
      this.method = parts[0];
      this.pattern = Pattern.compile(parts[1]);
      this.action = rule.parsedAction();
    }

    boolean fits(String requestMethod, String path, String query) {
      boolean methodFits = method.equals("*") || method.equalsIgnoreCase(requestMethod);
      return methodFits
          && (pattern.matcher(path).find()
              || (!query.isEmpty() && pattern.matcher(path + "?" + query).find()));
    }

    synchronized boolean take() {
      seen++;
      Integer from = rule.from();
      Integer times = rule.times();
      boolean acts = (from == null || seen >= from) && (times == null || acted < times);
      acted += acts ? 1 : 0;
      return acts;
    }

    synchronized State state() {
      return new State(rule, seen, acted);
    }
  }
}
