/**
 * How work travels and who is at it: the transactional outbox, the queues, the leases and their
 * heartbeats.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access", "operations"})
package io.dorsal.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
