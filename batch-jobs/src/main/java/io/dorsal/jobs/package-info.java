/** The worker: takes messages from Service Bus and runs restartable Spring Batch jobs. */
@NullMarked
package io.dorsal.jobs;

import org.jspecify.annotations.NullMarked;
