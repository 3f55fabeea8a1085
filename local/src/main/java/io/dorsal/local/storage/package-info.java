/**
 * The local blob store: Azurite with two accounts, and the gateway before it that logs requests and
 * makes faults.
 */
@NullMarked
package io.dorsal.local.storage;

import org.jspecify.annotations.NullMarked;
