package io.dorsal.jobs.intake;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a message: ids only.
 *
 * @param scanId the scan, or as {@code task_id} what else is to be done
 * @param partition null for a whole scan
 * @param dispatch which hand-over of the scan to workers this belongs to
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WorkOrder(
    @JsonAlias("task_id") UUID scanId, UUID tenantId, @Nullable Integer partition, int dispatch) {

  /** What the message asks for; null where it is no order, or of another tenant than it says. */
  static @Nullable WorkOrder of(ServiceBusReceivedMessage message) {
    try {
      WorkOrder order =
          JsonMapper.shared().readValue(message.getBody().toString(), WorkOrder.class);
      Object tenant = message.getApplicationProperties().get("tenant_id");
      boolean whole = order.scanId() != null && order.tenantId() != null;
      return whole && order.tenantId().toString().equals(tenant) ? order : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
