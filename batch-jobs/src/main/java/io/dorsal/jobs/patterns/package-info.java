/** Looks at the names of completed scans. */
@NullMarked
package io.dorsal.jobs.patterns;

import org.jspecify.annotations.NullMarked;
