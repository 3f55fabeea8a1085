/** What tenants are told of by HTTP: where, in which order, how often it is tried. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"problem", "access", "operations", "work", "connections", "mail"})
package io.dorsal.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
