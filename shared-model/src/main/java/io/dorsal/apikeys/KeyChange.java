package io.dorsal.apikeys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes of a key; null members stay as they are. */
public record KeyChange(
    @Nullable String name, @Nullable List<String> scopes, @Nullable List<String> allowedCidrs) {}
