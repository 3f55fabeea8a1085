package io.dorsal.functions.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor null at the end
 */
public record PageAnswer<T>(List<T> items, @Nullable String nextCursor) {}
