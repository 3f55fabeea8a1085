/** What the API is, told by itself: OpenAPI, made from the code that serves it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.description;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
