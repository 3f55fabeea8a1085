package io.dorsal.functions.http;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Pages of lists that are short enough to be read whole. */
public final class Sections {

  private Sections() {}

  /**
   * The page that the query asks for.
   *
   * @param all in stable order
   * @param id names an item
   * @throws ProblemException PAGE_CURSOR_INVALID, also where the item it names is gone
   */
  public static <T> PageAnswer<T> of(List<T> all, Query query, Function<T, String> id) {
    Optional<String> after = query.after();
    int begin = after.map(last -> indexOf(all, id, last) + 1).orElse(0);
    int end = Math.min(all.size(), begin + query.limit());
    List<T> items = all.subList(begin, end);
    String next = end < all.size() ? id.apply(items.getLast()) : null;
    return new PageAnswer<>(items, query.cursorTo(next));
  }

  private static <T> int indexOf(List<T> all, Function<T, String> id, String wanted) {
    return IntStream.range(0, all.size())
        .filter(i -> id.apply(all.get(i)).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    GeneralProblem.PAGE_CURSOR_INVALID, "The cursor's item is gone."));
  }
}
