/** What operators ask a worker or an edge: is it alive, is it ready, what has it counted. */
@NullMarked
package io.dorsal.jobs.operations;

import org.jspecify.annotations.NullMarked;
