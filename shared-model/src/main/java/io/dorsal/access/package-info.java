/** Who is calling, for which tenant, with which role, and how a token proves it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package io.dorsal.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
