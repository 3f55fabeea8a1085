package io.dorsal.discovery;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface SourceRows extends ListCrudRepository<RegisteredSource, UUID> {

  Optional<RegisteredSource> findByIdAndTenantId(UUID id, UUID tenantId);

  List<RegisteredSource> findByTenantIdOrderByNameAscIdAsc(UUID tenantId);
}
