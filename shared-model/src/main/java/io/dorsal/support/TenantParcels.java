package io.dorsal.support;

import io.dorsal.access.TenantRemains;
import io.dorsal.connections.OwnStore;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A tenant's bundles and exports in Dorsal's own store, which lie apart from its other files.
 * Thread-safe.
 */
@Component
class TenantParcels implements TenantRemains {

  private final OwnStore store;

  TenantParcels(OwnStore store) {
    this.store = store;
  }

  @Override
  public String kind() {
    return "blobs";
  }

  @Override
  public long remove(UUID tenantId, int most) {
    return store.remove(Parcel.folder(tenantId), most);
  }
}
