/** Keys by which machines come in: made, shown once, narrowed, rotated, revoked. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access", "operations", "mail"})
package io.dorsal.apikeys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
