package io.dorsal.discovery;

import java.util.List;

/**
 * A scan to be begun, judged and complete.
 *
 * @param prefixes see {@link Scan#prefixes()}
 */
record ScanPlan(
    ScanTrigger trigger,
    ScanMode mode,
    String prefix,
    List<String> prefixes,
    List<String> include,
    List<String> exclude,
    boolean builtinExcludes,
    List<String> classes,
    boolean reinspect,
    String requestedBy) {

  /** Of everything, as nobody asked for less. */
  static ScanPlan automatic(
      ScanTrigger trigger, ScanMode mode, List<String> prefixes, String requestedBy) {
    return new ScanPlan(
        trigger,
        mode,
        "",
        prefixes,
        List.of(),
        List.of(),
        true,
        Scans.allClasses(),
        false,
        requestedBy);
  }
}
