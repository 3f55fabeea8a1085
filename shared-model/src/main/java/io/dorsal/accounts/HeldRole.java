package io.dorsal.accounts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that somebody holds.
 *
 * @param populationId where it is one in a population
 * @param organizationId where it is one in an organization; a role in the tenant has neither
 * @param group the provider's group it comes from; null where a person gave it
 */
public record HeldRole(
    String role,
    @Nullable UUID populationId,
    @Nullable UUID organizationId,
    @Nullable String group) {}
