/** Signing in, tenants and their settings, and their people over HTTP. */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
