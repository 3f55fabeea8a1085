package io.dorsal.connections;

import java.util.UUID;

/** A new secret was saved and passed its check: whatever waited for it may go on. */
public record ConnectionRepaired(UUID connectionId, UUID tenantId) {}
