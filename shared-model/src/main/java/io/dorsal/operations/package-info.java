/**
 * What an operator sees of a running system: the trace of an action, the journal of what changed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package io.dorsal.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
