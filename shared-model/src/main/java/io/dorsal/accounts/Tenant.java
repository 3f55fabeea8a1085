package io.dorsal.accounts;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One customer's room of its own. Immutable.
 *
 * @param name unique whatever the case of its letters
 * @param settings the members that differ from their defaults; an object
 * @param version grows with each change; becomes the entity tag
 */
public record Tenant(
    UUID id,
    String name,
    String displayName,
    TenantStatus status,
    JsonNode settings,
    Instant createdAt,
    int version) {}
