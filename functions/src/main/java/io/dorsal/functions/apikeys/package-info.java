/** API keys over HTTP, and what is told of their end. */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.apikeys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
