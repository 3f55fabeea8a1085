/** What an operator sees of a running system: the trace that ties one action together. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package io.dorsal.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
