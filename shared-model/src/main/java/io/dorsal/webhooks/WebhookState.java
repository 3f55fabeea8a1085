package io.dorsal.webhooks;

/** Whether a webhook sends. */
public enum WebhookState {
  ACTIVE,
  /** Keeps what it has to tell. */
  PAUSED
}
