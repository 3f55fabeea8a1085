package io.dorsal.mail;

/** How a mail stands. */
enum MailState {
  WAITING,
  /** The server took it. */
  SENT,
  /** It no longer holds, or there is nobody to send it to any more. */
  CANCELED,
  GIVEN_UP
}
