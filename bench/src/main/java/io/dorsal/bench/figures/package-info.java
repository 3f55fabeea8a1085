/** What was measured, as medians of interleaved runs, and how it is shown. */
@NullMarked
package io.dorsal.bench.figures;

import org.jspecify.annotations.NullMarked;
