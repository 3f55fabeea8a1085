/** How every HTTP function answers: its trace and request id, and one form for all refusals. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.dorsal.functions.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
