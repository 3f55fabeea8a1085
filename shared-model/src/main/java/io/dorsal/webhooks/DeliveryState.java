package io.dorsal.webhooks;

/** How a delivery stands. */
public enum DeliveryState {
  WAITING,
  DELIVERED,
  /** Given up. */
  DROPPED
}
