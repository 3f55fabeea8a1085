/**
 * What is in an archive: sources, scans and their partitions, found files and what was read from
 * them.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"problem", "access", "operations", "work", "connections", "sources"})
package io.dorsal.discovery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
