package io.dorsal.local.servicebus;

import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/** The error conditions Service Bus answers with. */
final class AmqpErrors {

  static final Symbol NOT_FOUND = Symbol.valueOf("amqp:not-found");
  static final Symbol NOT_IMPLEMENTED = Symbol.valueOf("amqp:not-implemented");
  static final Symbol NOT_ALLOWED = Symbol.valueOf("amqp:not-allowed");
  static final Symbol DECODE_ERROR = Symbol.valueOf("amqp:decode-error");
  static final Symbol TOO_LARGE = Symbol.valueOf("amqp:link:message-size-exceeded");
  static final Symbol LOCK_LOST = Symbol.valueOf("com.microsoft:message-lock-lost");
  static final Symbol MESSAGE_NOT_FOUND = Symbol.valueOf("com.microsoft:message-not-found");

  static final String LOCK_LOST_TEXT =
      "The lock supplied is invalid. Either the lock expired, or the message has already been"
          + " removed from the queue.";

  private AmqpErrors() {}

  static Rejected rejected(Symbol condition, String description) {
    var rejected = new Rejected();
    rejected.setError(new ErrorCondition(condition, description));
    return rejected;
  }
}
