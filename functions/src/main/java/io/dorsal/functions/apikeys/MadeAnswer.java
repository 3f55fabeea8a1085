package io.dorsal.functions.apikeys;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made.
 *
 * @param key the key itself; null in a replay
 */
record MadeAnswer(@JsonUnwrapped KeyAnswer made, @Nullable String key) {}
