package io.dorsal.discovery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Populations that sources may name. */
final class PopulationsForTests {

  private PopulationsForTests() {}

  /** Makes an active one. */
  static void active(
      ApplicationContext rooms, UUID tenantId, UUID id, @Nullable String identifierPattern) {
    rooms
        .getBean(JdbcTemplate.class)
        .update(
            """
            insert into population (tenant_id, id, state, name_key, search_key, settings,
                requested_at, decided_at)
            values (?, ?, 'ACTIVE', ?, '', jsonb_build_object('name', 'P',
                'species_scientific_name', 'S', 'time_zone', 'UTC', 'join_policy', 'OPEN',
                'identifier_pattern', ?::text, 'categories', jsonb_build_array('fluke'),
                'sync_enabled', true, 'auto_tagging', false, 'can_suggest_new_individuals', true,
                'direct_upload', true, 'auto_confirm_threshold', 1, 'corroboration_threshold', 1,
                'metric_sample_threshold', 10, 'export_location_precision', 'EXACT',
                'download_original_min_role', 'EXPERT'), now(), now())
            """,
            tenantId,
            id,
            id.toString(),
            identifierPattern);
  }
}
