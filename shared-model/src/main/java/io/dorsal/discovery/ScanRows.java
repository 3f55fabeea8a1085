package io.dorsal.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface ScanRows extends ListCrudRepository<Scan, UUID> {

  Optional<Scan> findByIdAndTenantId(UUID id, UUID tenantId);

  List<Scan> findBySourceIdAndStateAndNumberLessThan(UUID sourceId, ScanState state, int number);

  boolean existsBySourceIdAndState(UUID sourceId, ScanState state);

  @Query(
      """
      select s.* from scan s join source o on o.id = s.source_id
      where o.connection_id = :connectionId and s.state = 'PAUSED_AUTH'
      """)
  List<Scan> pausedOn(UUID connectionId);

  List<Scan> findByStateAndPausedAtBefore(ScanState state, Instant before);

  @Query(
      "select * from scan where source_id = :sourceId"
          + " and state in ('REQUESTED', 'LISTING', 'INSPECTING', 'PAUSED_AUTH')")
  Optional<Scan> activeOf(UUID sourceId);
}
