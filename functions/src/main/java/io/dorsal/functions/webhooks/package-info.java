/** Webhooks over HTTP, and the timer that sends what they tell. */
@NullMarked
@ApplicationModule(allowedDependencies = {"http"})
package io.dorsal.functions.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
