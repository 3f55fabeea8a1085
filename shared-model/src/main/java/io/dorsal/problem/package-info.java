/** What can go wrong, as a person is told it: one code, cause and fix for every refusal. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.dorsal.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
