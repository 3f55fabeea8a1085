package io.dorsal.operations;

import io.dorsal.access.TenantRole;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told, to one person and to everybody with a role besides.
 *
 * @param key what it is about; within a tenant each key is told once
 * @param kind upper snake case, the same for all notices of one sort about one thing
 * @param forRole null where it is for the one person alone
 */
public record NewNotice(
    UUID tenantId,
    String key,
    String kind,
    @Nullable TenantRole forRole,
    String forSubject,
    String title,
    String body,
    String resourceType,
    UUID resourceId) {}
