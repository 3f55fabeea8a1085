package io.dorsal.discovery;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A nondeterministic automaton that follows all its paths at once (Thompson, CACM 11:6, 1968): time
 * grows with pattern times text, whatever the pattern, where a backtracking one can take for ever.
 * Where it has been before it goes by a table. Thread-safe once it has a start.
 */
final class GlobStates {

  /**
   * @param takes the characters that lead on; null where all of {@code next} is entered at once
   */
  private record State(@Nullable IntPredicate takes, List<Integer> next) {}

  private static final int ACCEPT = 0;
  private static final int ASCII = 128;
  private static final int MOST_PLACES = 1_000;

  private final List<State> states = new ArrayList<>();
  private final Map<BitSet, Place> places = new ConcurrentHashMap<>();
  private Place first = new Place(new BitSet());

  GlobStates() {
    states.add(new State(c -> false, List.of()));
  }

  int accept() {
    return ACCEPT;
  }

  int taking(IntPredicate takes, int to) {
    return added(new State(takes, List.of(to)));
  }

  int eitherOf(List<Integer> next) {
    return added(new State(null, next));
  }

  /** Any number of such characters, none among them. */
  int repeating(IntPredicate takes, int to) {
    List<Integer> next = new ArrayList<>(List.of(to));
    int loop = eitherOf(next);
    next.add(taking(takes, loop));
    return loop;
  }

  private int added(State state) {
    states.add(state);
    return states.size() - 1;
  }

  void startAt(int state) {
    var reached = new BitSet();
    enter(state, reached);
    first = new Place(reached);
  }

  /** By code points. */
  boolean matches(int[] text) {
    Place place = first;
    for (int i = 0; i < text.length && !place.members.isEmpty(); i++) {
      place = step(place, text[i]);
    }
    return place.members.get(ACCEPT);
  }

  private Place step(Place from, int c) {
    Place known = c < ASCII ? from.onAscii[c] : null;
    if (known != null) {
      return known;
    }
    var reached = new BitSet(states.size());
    for (int i = from.members.nextSetBit(0); i >= 0; i = from.members.nextSetBit(i + 1)) {
      State state = states.get(i);
      if (state.takes() != null && state.takes().test(c)) {
        enter(state.next().getFirst(), reached);
      }
    }
    Place place = places.getOrDefault(reached, new Place(reached));
    if (c < ASCII && places.size() < MOST_PLACES) {
      places.put(reached, place);
      from.onAscii[c] = place;
    }
    return place;
  }

  private void enter(int index, BitSet reached) {
    if (reached.get(index)) {
      return;
    }
    reached.set(index);
    State state = states.get(index);
    if (state.takes() == null) {
      state.next().forEach(next -> enter(next, reached));
    }
  }

  /**
   * The states that are reached together, and where ASCII leads from here as far as it was asked:
   * what two threads find out at once is the same.
   */
  private static final class Place {
    private final BitSet members;
    private final @Nullable Place[] onAscii = new Place[ASCII];

    Place(BitSet members) {
      this.members = members;
    }
  }
}
