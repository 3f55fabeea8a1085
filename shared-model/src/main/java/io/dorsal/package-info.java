/** The rooms of Dorsal, one package each, and the configuration that brings them into a context. */
@NullMarked
package io.dorsal;

import org.jspecify.annotations.NullMarked;
