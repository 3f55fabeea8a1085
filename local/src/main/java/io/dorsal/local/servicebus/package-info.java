/**
 * The Service Bus stand-in: an AMQP 1.0 server on which the unmodified Azure SDK sends, locks and
 * settles messages, and which loses none of them when it is killed.
 *
 * <p>Everything a client can see happens on one event loop. Queues live in memory, indexed by
 * sequence number, lock token and deadline, so that a long queue costs no more than a short one;
 * every change is also a row of an SQLite file, and no answer leaves before its transaction is
 * committed. A transaction takes all that one turn of the loop changed.
 *
 * <p>Other than the real service it takes any key (it listens on the loopback address alone), keeps
 * dead letters in the order of their first arrival, drops messages past their time to live, and
 * serves neither topics nor sessions nor transactions.
 */
@NullMarked
package io.dorsal.local.servicebus;

import org.jspecify.annotations.NullMarked;
