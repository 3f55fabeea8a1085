/**
 * What people take away to find out what went wrong: support bundles and exports of the audit log,
 * packed by a worker, kept in Dorsal's own store for a while, and handed out by short links.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access", "operations", "work", "connections"})
package io.dorsal.support;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
