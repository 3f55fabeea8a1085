package io.dorsal.webhooks;

/** Why an attempt did not deliver. */
public enum DeliveryError {
  /** The name leads to an address that is not public; nothing was connected to. */
  ADDRESS_REFUSED,
  NAME_UNKNOWN,
  CONNECTION_FAILED,
  TLS_FAILED,
  /** No answer within ten seconds. */
  TIMEOUT,
  /** It was no HTTP. */
  ANSWER_UNREADABLE,
  /** The answer's status was none of 200 to 299; a redirect is not followed. */
  STATUS_NOT_2XX,
  /** The tenant no longer keeps the audit entry. */
  EVENT_FORGOTTEN
}
