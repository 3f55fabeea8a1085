/**
 * The local stack as a whole: what it is made of, in which order it starts and ends, and what
 * others are told about it.
 */
@NullMarked
package io.dorsal.local.stack;

import org.jspecify.annotations.NullMarked;
