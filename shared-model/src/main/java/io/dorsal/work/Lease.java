package io.dorsal.work;

/**
 * The right to work on one resource, until somebody else takes it over.
 *
 * @param resource what is worked on, such as {@code scan/…/7}
 * @param epoch rises with each holder; a commit under an older epoch is refused
 * @param tookOver whether the holder before was lost rather than done
 */
public record Lease(String resource, long epoch, boolean tookOver) {}
