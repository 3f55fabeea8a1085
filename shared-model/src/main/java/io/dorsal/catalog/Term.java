package io.dorsal.catalog;

import java.util.UUID;

/**
 * A behavior or a prey species of a population.
 *
 * @param retired offered no more; what names it still shows it
 */
public record Term(UUID id, String name, boolean retired) {}
