/** The commands behind {@code ./dorsal}: what a person types, sees and scripts. */
@NullMarked
package io.dorsal.local.cli;

import org.jspecify.annotations.NullMarked;
