package io.dorsal.operations;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Keeps the number of series bounded: the first 500 tenants that this process sees have labels of
 * their own, all others share {@code other}. Thread-safe.
 */
final class TenantLabels {

  static final int MOST = 500;
  static final String OTHER = "other";

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** The label values as they may be exposed. */
  List<String> of(Metric metric, List<String> values) {
    int at = metric.labels().indexOf("tenant");
    return at < 0
        ? values
        : IntStream.range(0, values.size())
            .mapToObj(i -> i == at ? of(values.get(i)) : values.get(i))
            .toList();
  }

  private synchronized String of(String tenant) {
    if (known.size() < MOST) {
      known.add(tenant);
    }
    return known.contains(tenant) ? tenant : OTHER;
  }
}
