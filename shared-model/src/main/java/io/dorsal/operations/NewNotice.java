package io.dorsal.operations;

import io.dorsal.access.TenantRole;
import java.util.UUID;

/**
 * What is to be told, to everybody with a role and to one person besides.
 *
 * @param key what it is about; within a tenant each key is told once
 * @param kind upper snake case, the same for all notices of one sort about one thing
 */
public record NewNotice(
    UUID tenantId,
    String key,
    String kind,
    TenantRole forRole,
    String forSubject,
    String title,
    String body,
    String resourceType,
    UUID resourceId) {}
