package io.dorsal.discovery.patterns;

import java.util.List;

/** Animals' ids, by the population's pattern. */
final class Individuals {

  private Individuals() {}

  static void find(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    List<PatternEvidence.Individual> hits = evidence.individuals(left.name());
    if (hits.isEmpty()) {
      return;
    }
    int start = hits.getFirst().start();
    int end = hits.getLast().end();
    boolean known = hits.stream().allMatch(PatternEvidence.Individual::known);
    finds.add(
        left.between(
            PatternType.INDIVIDUAL,
            hits.size() == 1 ? "{individual}" : "{individuals}",
            start,
            end,
            true,
            evidence.knowsIndividuals() ? known : null));
    hits.forEach(hit -> left.take(hit.start(), hit.end()));
  }
}
