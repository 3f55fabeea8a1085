package io.dorsal.jobs.intake;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of a message: ids only.
 *
 * @param partition null for a whole scan
 * @param dispatch which hand-over of the scan to workers this belongs to
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WorkOrder(UUID scanId, UUID tenantId, @Nullable Integer partition, int dispatch) {}
