/** The HTTP side of storage connections: what is shown of them, and never the secret. */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
