/** The functions app: one Spring context behind every trigger, started at the first call. */
@NullMarked
package io.dorsal.functions;

import org.jspecify.annotations.NullMarked;
