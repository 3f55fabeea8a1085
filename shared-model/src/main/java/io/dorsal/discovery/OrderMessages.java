package io.dorsal.discovery;

import io.dorsal.work.OutboxMessage;

/** What workers are sent about a scan: which one, whose, and the hand-over it belongs to. */
final class OrderMessages {

  private OrderMessages() {}

  static OutboxMessage of(Scan scan, String queue, String messageId) {
    return message(scan, queue, messageId, "");
  }

  static OutboxMessage of(Scan scan, int partition, String queue, String messageId) {
    return message(scan, queue, messageId, ",\"partition\":" + partition);
  }

  private static OutboxMessage message(Scan scan, String queue, String messageId, String more) {
    String body =
        "{\"scan_id\":\"%s\",\"tenant_id\":\"%s\",\"dispatch\":%d%s}"
            .formatted(scan.id(), scan.tenantId(), scan.dispatches(), more);
    return new OutboxMessage(scan.tenantId(), queue, messageId, body);
  }
}
