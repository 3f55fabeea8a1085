package io.dorsal.connections;

import io.dorsal.operations.ReadinessCheck;
import org.springframework.stereotype.Component;

/** Whether Dorsal's own store answers. */
@Component
class StoreCheck implements ReadinessCheck {

  private final OwnStore store;

  StoreCheck(OwnStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "blob_storage";
  }

  @Override
  public void check() {
    store.ping();
  }
}
