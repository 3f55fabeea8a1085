/**
 * The processes of the local stack: started, made ready, restarted when they die, ended by their
 * own id.
 */
@NullMarked
package io.dorsal.local.process;

import org.jspecify.annotations.NullMarked;
