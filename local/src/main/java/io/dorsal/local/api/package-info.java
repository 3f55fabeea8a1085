/** Dorsal's HTTP API as any other program calls it: requests, answers, refusals. */
@NullMarked
package io.dorsal.local.api;

import org.jspecify.annotations.NullMarked;
