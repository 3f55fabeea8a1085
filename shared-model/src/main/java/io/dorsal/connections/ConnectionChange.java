package io.dorsal.connections;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person wants changed of a connection; what is null stays. */
public record ConnectionChange(
    @Nullable String name,
    @Nullable String accountName,
    @Nullable List<String> containers,
    @Nullable Boolean disabled) {}
