package io.dorsal.connections;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface ConnectionRows extends ListCrudRepository<Connection, UUID> {

  Optional<Connection> findByIdAndTenantId(UUID id, UUID tenantId);

  List<Connection> findByTenantIdOrderByNameKeyAscIdAsc(UUID tenantId);

  boolean existsByTenantIdAndNameKey(UUID tenantId, String nameKey);
}
