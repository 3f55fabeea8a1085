/**
 * What a function cannot serve: streams. Only with the profile {@code edge}, which takes no work.
 */
@NullMarked
package io.dorsal.jobs.edge;

import org.jspecify.annotations.NullMarked;
