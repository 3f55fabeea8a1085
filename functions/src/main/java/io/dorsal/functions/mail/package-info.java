/** What sends mail. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.dorsal.functions.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
