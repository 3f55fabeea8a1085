/** How fast Dorsal is, beside what others do on the same store in the same run. */
@NullMarked
package io.dorsal.bench;

import org.jspecify.annotations.NullMarked;
