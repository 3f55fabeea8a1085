package io.dorsal.discovery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next where the following page begins, to be handed in as {@code after}; null at the end
 */
public record ResultPage<T>(List<T> items, @Nullable String next) {

  public ResultPage {
    items = List.copyOf(items);
  }
}
