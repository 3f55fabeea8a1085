/**
 * The Service Bus stand-in: an AMQP 1.0 server on which the unmodified Azure SDK sends, locks and
 * settles messages, and which loses none of them when it is killed.
 *
 * <p>Everything a client can see happens on one event loop. Queues live in memory, indexed by
 * sequence number and by lock token; every change is also a row of an SQLite file, and no answer
 * leaves before its transaction is committed.
 */
@NullMarked
package io.dorsal.local.servicebus;

import org.jspecify.annotations.NullMarked;
