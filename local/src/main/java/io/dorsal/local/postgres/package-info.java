/**
 * A real PostgreSQL as a process of the local stack, from unpacked binaries, its data kept between
 * starts.
 */
@NullMarked
package io.dorsal.local.postgres;

import org.jspecify.annotations.NullMarked;
