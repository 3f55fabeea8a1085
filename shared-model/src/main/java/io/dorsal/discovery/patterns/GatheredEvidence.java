package io.dorsal.discovery.patterns;

import io.dorsal.access.KnownNames;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names that rooms know, and animals' ids as a population's pattern finds them. Names are equal
 * where their letters and digits are, in any case. Thread-safe.
 */
public final class GatheredEvidence implements PatternEvidence {

  private static final int FEWEST_INITIALS = 2;
  private static final int MOST_INITIALS = 3;

  private final PatternEvidence ids;
  private final Map<KnownNames.Kind, Set<String>> names = new EnumMap<>(KnownNames.Kind.class);
  private final Set<String> initials = new HashSet<>();

  /**
   * @param ids asked where animals' ids stand in a name; {@link #NONE} where there is no pattern
   */
  public GatheredEvidence(PatternEvidence ids, Collection<KnownNames.Name> known) {
    this.ids = ids;
    for (KnownNames.Kind kind : KnownNames.Kind.values()) {
      names.put(kind, new HashSet<>());
    }
    Set<String> shared = new HashSet<>();
    for (KnownNames.Name name : known) {
      String text = inOrder(name);
      boolean fresh = names(name.kind(), text) && of(name.kind()).add(key(text));
      if (fresh && name.kind() == KnownNames.Kind.PHOTOGRAPHER) {
        String letters = initials(text);
        if (!initials.add(letters)) {
          shared.add(letters);
        }
      }
    }
    // Initials of two people are nobody's.
    initials.removeAll(shared);
  }

  private Set<String> of(KnownNames.Kind kind) {
    return names.getOrDefault(kind, Set.of());
  }

  /** Whether folders may be named so: an address or a single letter is no person's name. */
  private static boolean names(KnownNames.Kind kind, String text) {
    return switch (kind) {
      case PHOTOGRAPHER ->
          text.indexOf('@') < 0 && text.codePoints().filter(Character::isLetter).count() > 1;
      case LOCATION, INDIVIDUAL -> !key(text).isEmpty();
    };
  }

  /** Directories of people write {@code Last, First}. */
  private static String inOrder(KnownNames.Name name) {
    String text = name.text().strip();
    int comma = text.indexOf(',');
    boolean turned =
        name.kind() == KnownNames.Kind.PHOTOGRAPHER && comma > 0 && comma == text.lastIndexOf(',');
    return turned ? text.substring(comma + 1).strip() + " " + text.substring(0, comma) : text;
  }

  private static String initials(String name) {
    StringBuilder letters = new StringBuilder();
    Arrays.stream(name.split("[^\\p{L}\\p{M}]+", -1))
        .filter(word -> !word.isEmpty())
        .forEach(word -> letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0))));
    return letters.toString();
  }

  private static String key(String name) {
    String composed =
        Normalizer.isNormalized(name, Normalizer.Form.NFKC)
            ? name
            : Normalizer.normalize(name, Normalizer.Form.NFKC);
    StringBuilder key = new StringBuilder(composed.length());
    composed
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(key::appendCodePoint);
    return key.toString();
  }

  @Override
  public boolean knowsLocations() {
    return !of(KnownNames.Kind.LOCATION).isEmpty();
  }

  @Override
  public boolean isLocation(String name) {
    return of(KnownNames.Kind.LOCATION).contains(key(name));
  }

  @Override
  public boolean knowsPhotographers() {
    return !of(KnownNames.Kind.PHOTOGRAPHER).isEmpty();
  }

  @Override
  public boolean isPhotographer(String name) {
    return of(KnownNames.Kind.PHOTOGRAPHER).contains(key(name));
  }

  @Override
  public boolean areInitials(String letters) {
    return letters.length() >= FEWEST_INITIALS
        && letters.length() <= MOST_INITIALS
        && initials.contains(letters);
  }

  @Override
  public boolean knowsIndividuals() {
    return !of(KnownNames.Kind.INDIVIDUAL).isEmpty();
  }

  @Override
  public List<Individual> individuals(String name) {
    Set<String> catalog = of(KnownNames.Kind.INDIVIDUAL);
    return ids.individuals(name).stream()
        .map(
            hit ->
                new Individual(
                    hit.start(),
                    hit.end(),
                    catalog.contains(key(name.substring(hit.start(), hit.end())))))
        .toList();
  }
}
