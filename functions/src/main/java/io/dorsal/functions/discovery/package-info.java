/** The ways to ask for scans, by HTTP and by message, and to read what they found. */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.discovery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
