/**
 * The operator's commands: connections, sources and scans of any Dorsal, over its HTTP API only.
 */
@NullMarked
package io.dorsal.local.operator;

import org.jspecify.annotations.NullMarked;
