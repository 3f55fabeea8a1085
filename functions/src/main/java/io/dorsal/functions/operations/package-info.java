/**
 * What operators and load balancers ask: is it alive, and which version is it; and what people are
 * told.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
