package io.dorsal.catalog.organizations;

import io.dorsal.access.OrganizationRole;
import io.dorsal.accounts.UserStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user in an organization. Immutable.
 *
 * @param id of the membership
 * @param status of the user; who is PENDING has not signed in yet
 * @param version grows with each change of the role; becomes the entity tag
 */
public record OrganizationMember(
    UUID tenantId,
    UUID organizationId,
    UUID id,
    UUID userId,
    @Nullable String displayName,
    @Nullable String email,
    UserStatus status,
    OrganizationRole role,
    String addedBy,
    Instant addedAt,
    int version) {}
