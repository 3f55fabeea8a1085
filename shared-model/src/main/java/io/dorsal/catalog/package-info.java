/** Populations and organizations, and who belongs to them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access", "operations", "accounts"})
package io.dorsal.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
