package io.dorsal.discovery;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person or system sends to have a source scanned; absent members take their defaults. */
public record ScanRequest(
    @Nullable UUID sourceId,
    @Nullable String prefix,
    @Nullable List<String> include,
    @Nullable List<String> exclude,
    @Nullable Boolean builtinExcludes,
    @Nullable List<String> classes,
    @Nullable String mode,
    @Nullable Boolean reinspect) {}
