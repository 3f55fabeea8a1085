package io.dorsal.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A nondeterministic automaton that follows all its paths at once (Thompson, CACM 11:6, 1968): time
 * grows with pattern times text, whatever the pattern, where a backtracking one can take for ever.
 * Immutable once it has a start.
 */
final class GlobStates {

  /**
   * @param takes the characters that lead on; null where all of {@code next} is entered at once
   */
  private record State(@Nullable IntPredicate takes, List<Integer> next) {}

  private static final int ACCEPT = 0;

  private final List<State> states = new ArrayList<>();
  private int start;

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
    start = state;
  }

  boolean matches(int[] text) {
    var here = new Front();
    var there = new Front();
    here.enter(start);
    for (int i = 0; i < text.length && here.size > 0; i++) {
      there.clear();
      for (int k = 0; k < here.size; k++) {
        State state = states.get(here.members[k]);
        if (state.takes() != null && state.takes().test(text[i])) {
          there.enter(state.next().getFirst());
        }
      }
      var swap = here;
      here = there;
      there = swap;
    }
    return here.entered[ACCEPT];
  }

  /** The states that are reached with the text so far. */
  private final class Front {
    private final boolean[] entered = new boolean[states.size()];
    private final int[] members = new int[states.size()];
    private int size;

    void enter(int index) {
      if (entered[index]) {
        return;
      }
      entered[index] = true;
      State state = states.get(index);
      if (state.takes() == null) {
        state.next().forEach(this::enter);
      } else {
        members[size++] = index;
      }
    }

    void clear() {
      Arrays.fill(entered, false);
      size = 0;
    }
  }
}
