/** Readers of foreign files, one per format; they run in child processes only. */
@NullMarked
package io.dorsal.jobs.contents.formats;

import org.jspecify.annotations.NullMarked;
