package io.dorsal.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one issuer's key set.
 *
 * @param fetchedAt when the set that is held was fetched; null where none is
 * @param fetched how often it was fetched since the start
 * @param failed how often a fetch failed since the start
 */
public record KeySetState(String issuer, @Nullable Instant fetchedAt, long fetched, long failed) {}
