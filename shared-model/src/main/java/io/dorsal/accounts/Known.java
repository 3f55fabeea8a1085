package io.dorsal.accounts;

import io.dorsal.access.Caller;
import io.dorsal.access.OrganizationRole;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Scope;
import io.dorsal.access.TenantRole;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was read of somebody who may come in. Immutable.
 *
 * @param userId null for an operator who is no user of the tenant
 */
record Known(
    UUID tenantId,
    @Nullable UUID userId,
    String actor,
    TenantRole role,
    boolean operator,
    Map<UUID, PopulationRole> populations,
    Map<UUID, OrganizationRole> organizations,
    boolean mfaRequired) {

  Caller caller(Set<Scope> scopes, @Nullable String serviceAccount) {
    return new Caller(
        tenantId,
        userId,
        actor,
        role,
        operator,
        populations,
        organizations,
        scopes,
        serviceAccount);
  }
}
