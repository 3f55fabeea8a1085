package io.dorsal.mail;

/** Why an attempt to send a mail failed. */
enum MailError {
  /** No connection, no TLS where it is needed, or silence. */
  SERVER_UNREACHABLE,
  SIGN_IN_REFUSED,
  /** The server will never take mail to this address, or it is none. */
  ADDRESS_REFUSED,
  /** The server did not take it this time. */
  REFUSED
}
