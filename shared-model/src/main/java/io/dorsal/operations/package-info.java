/**
 * What an operator sees of a running system: the trace of an action, the journal of what changed,
 * and what people are told.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access"})
package io.dorsal.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
