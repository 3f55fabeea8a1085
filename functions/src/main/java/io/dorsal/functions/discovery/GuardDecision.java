package io.dorsal.functions.discovery;

import org.jspecify.annotations.Nullable;

/** What a person says about the files that a scan did not find. */
record GuardDecision(@Nullable String decision) {}
