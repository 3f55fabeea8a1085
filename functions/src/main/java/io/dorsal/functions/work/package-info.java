/** What has to happen every minute though nobody asks for it. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.dorsal.functions.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
