package io.dorsal.accounts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that somebody holds.
 *
 * @param populationId null for a role in the tenant
 * @param group the provider's group it comes from; null where a person gave it
 */
public record HeldRole(String role, @Nullable UUID populationId, @Nullable String group) {}
