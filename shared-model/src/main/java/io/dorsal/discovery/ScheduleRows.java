package io.dorsal.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface ScheduleRows extends ListCrudRepository<SourceSchedule, UUID> {

  Optional<SourceSchedule> findBySourceIdAndTenantId(UUID sourceId, UUID tenantId);

  /** The source's schedule, held until the transaction ends; held before the source, always. */
  @Query(
      "select * from source_schedule where source_id = :sourceId and tenant_id = :tenantId for"
          + " update")
  Optional<SourceSchedule> hold(UUID sourceId, UUID tenantId);

  List<SourceSchedule> findBySourceIdIn(List<UUID> sourceIds);

  @Query("select * from source_schedule where next_fire_at <= :now order by next_fire_at")
  List<SourceSchedule> due(Instant now);

  /**
   * The schedule where it is due and nobody else holds it, held until the transaction ends. Those
   * of a tenant that is not active rest; what fell due meanwhile fires once.
   */
  @Query(
      """
      select * from source_schedule s where source_id = :sourceId and next_fire_at <= :now
      and not exists (select 1 from tenant t where t.id = s.tenant_id and t.status <> 'ACTIVE')
      for update skip locked
      """)
  Optional<SourceSchedule> holdDue(UUID sourceId, Instant now);
}
