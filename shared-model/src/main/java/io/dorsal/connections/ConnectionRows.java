package io.dorsal.connections;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;

interface ConnectionRows extends ListCrudRepository<Connection, UUID> {

  /** Also one that was deleted. */
  Optional<Connection> findByIdAndTenantId(UUID id, UUID tenantId);

  /** Also one that was deleted; nobody changes it before this transaction ends. */
  @Lock(LockMode.PESSIMISTIC_READ)
  Optional<Connection> readByIdAndTenantId(UUID id, UUID tenantId);

  Optional<Connection> findByIdAndTenantIdAndDeletedAtIsNull(UUID id, UUID tenantId);

  List<Connection> findByTenantIdAndDeletedAtIsNullOrderByNameKeyAscIdAsc(UUID tenantId);

  boolean existsByTenantIdAndNameKeyAndDeletedAtIsNull(UUID tenantId, String nameKey);

  /** Of all tenants; switched off ones are nobody's worry. */
  @Query(
      """
      select * from connection
      where deleted_at is null and status <> 'DISABLED'
        and expires_at > :from and expires_at <= :to
      order by expires_at, id
      """)
  List<Connection> endingBetween(Instant from, Instant to);

  /** Of all tenants, those whose secret ended and whose status does not say so yet. */
  @Query(
      """
      select * from connection
      where deleted_at is null and status not in ('DISABLED', 'EXPIRED') and expires_at <= :now
      order by expires_at, id
      """)
  List<Connection> ended(Instant now);
}
