package io.dorsal.discovery;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface SourceRows extends ListCrudRepository<RegisteredSource, UUID> {

  Optional<RegisteredSource> findByIdAndTenantId(UUID id, UUID tenantId);

  /** The source as it is once everybody else is done with it; held until the transaction ends. */
  @Query("select * from source where id = :id and tenant_id = :tenantId for update")
  Optional<RegisteredSource> hold(UUID id, UUID tenantId);

  List<RegisteredSource> findByTenantIdAndStateNotOrderByNameAscIdAsc(
      UUID tenantId, SourceState state);

  /** Numbers a scan; the caller holds the source. */
  @Modifying
  @Query("update source set scan_count = scan_count + 1 where id = :id")
  void countScan(UUID id);
}
