package io.dorsal.discovery;

import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface GuardRows extends ListCrudRepository<MissingGuard, UUID> {

  List<MissingGuard> findBySourceIdAndState(UUID sourceId, MissingGuard.State state);
}
