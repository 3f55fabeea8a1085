/**
 * Tenants and their people as they stand in the database: who signs in, which state and roles each
 * has, and what identity providers say of them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access", "operations", "work"})
package io.dorsal.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
