package io.dorsal.functions.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor null at the end
 */
public record PageAnswer<T>(List<T> items, @Nullable String nextCursor) {

  /**
   * The page of a list that was asked for one item more than the query's limit.
   *
   * @param position where a page that ends with the item ends
   */
  public static <T> PageAnswer<T> of(List<T> found, Query query, Function<T, String> position) {
    boolean more = found.size() > query.limit();
    List<T> items = more ? found.subList(0, query.limit()) : found;
    String next = more ? position.apply(items.getLast()) : null;
    return new PageAnswer<>(items, query.cursorTo(next));
  }

  /** The same page of what is answered for its items. */
  public <A> PageAnswer<A> map(Function<T, A> answer) {
    return new PageAnswer<>(items.stream().map(answer).toList(), nextCursor);
  }
}
