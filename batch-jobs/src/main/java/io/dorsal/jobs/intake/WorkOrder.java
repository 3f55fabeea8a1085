package io.dorsal.jobs.intake;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of a message: ids only.
 *
 * @param scanId the scan, or as {@code task_id} what else is to be done
 * @param partition null for a whole scan
 * @param dispatch which hand-over of the scan to workers this belongs to
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WorkOrder(
    @JsonAlias("task_id") UUID scanId, UUID tenantId, @Nullable Integer partition, int dispatch) {}
