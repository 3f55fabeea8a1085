package io.dorsal.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL of what a scan looks at: the files below its roots, whether they are listed or not.
 *
 * @param sql a condition on {@code f}; every value is a parameter
 */
record ScanScope(String sql, Map<String, Object> parameters) {

  static ScanScope of(Scan scan) {
    if (scan.roots().contains("")) {
      return new ScanScope("true", Map.of());
    }
    List<String> ranges = new ArrayList<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String root : scan.roots()) {
      String from = "root" + ranges.size();
      parameters.put(from, root);
      String range = "f.path_head >= left(:%s, 500) and starts_with(f.path, :%s)";
      String behind = FileConditions.behind(root);
      if (behind != null) {
        parameters.put(from + "end", behind);
        range += " and f.path_head <= left(:%send, 500)";
      }
      ranges.add("(" + range.replace("%s", from) + ")");
    }
    return new ScanScope("(" + String.join(" or ", ranges) + ")", parameters);
  }

  /** Whether a scan looks at everything that another one looked at. */
  static boolean covers(Scan scan, Scan other) {
    return other.roots().stream()
        .allMatch(root -> scan.roots().stream().anyMatch(root::startsWith));
  }
}
