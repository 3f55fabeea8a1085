package io.dorsal.work;

import java.util.UUID;

/**
 * A message that goes out once the transaction it was written in has committed.
 *
 * @param messageId a second message with this id within the queue's duplicate window is dropped
 * @param body JSON; ids only, never data or secrets
 */
public record OutboxMessage(UUID tenantId, String queue, String messageId, String body) {}
