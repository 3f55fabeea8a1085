package io.dorsal.catalog;

import io.dorsal.access.PopulationRole;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A population as everybody sees it, and what it is to its reader.
 *
 * @param relation null where nobody comes to it: before it is active, and for others once archived
 * @param role the reader's; null for who is no member
 * @param joinRequestId the reader's that waits
 */
public record Card(
    Population population,
    @Nullable Relation relation,
    @Nullable PopulationRole role,
    @Nullable UUID joinRequestId) {}
