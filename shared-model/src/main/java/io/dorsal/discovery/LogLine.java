package io.dorsal.discovery;

import java.time.Instant;

/**
 * One line of a scan's log.
 *
 * @param id rises with the order of writing
 */
public record LogLine(long id, Instant at, String line) {}
