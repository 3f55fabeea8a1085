/**
 * Reading an archive where it lies: list pages, read ranges, look at one file, and what its
 * refusals mean.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access", "operations", "work", "connections"})
package io.dorsal.sources;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
