/**
 * The keys to other people's storage: what a credential says, how it is kept, whether it still
 * works.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "access", "operations", "work", "mail"})
package io.dorsal.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
