package io.dorsal.sources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next where the next page begins; null after the last one. May be stored and used by
 *     another process.
 */
public record SourcePage(List<ListedFile> files, @Nullable String next) {}
