package io.dorsal.connections;

/**
 * What a check found.
 *
 * @param code a constant's name of {@link ConnectionProblem}
 * @param detail what happened in this case
 * @param fix the exact sentence that mends it
 */
public record Finding(String code, String detail, String fix) {}
