/** A read-only blob store that costs next to nothing, so that the reader is measured. */
@NullMarked
package io.dorsal.bench.store;

import org.jspecify.annotations.NullMarked;
