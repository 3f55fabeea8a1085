package io.dorsal.connections;

import io.dorsal.access.TenantRemains;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A tenant's files in Dorsal's own store: their names begin with the tenant's id. Thread-safe. */
@Component
class TenantBlobs implements TenantRemains {

  private final OwnStore store;

  TenantBlobs(OwnStore store) {
    this.store = store;
  }

  @Override
  public String kind() {
    return "blobs";
  }

  @Override
  public long remove(UUID tenantId, int most) {
    return store.remove(tenantId + "/", most);
  }
}
