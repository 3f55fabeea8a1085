/** The catalog over HTTP. */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
