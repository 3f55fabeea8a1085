package io.dorsal.connections;

import org.jspecify.annotations.Nullable;

/** The outcome of a check: how far the credential was seen to go, and the first thing wrong. */
public record ConnectionReport(
    ConnectionStatus status, Capabilities capabilities, @Nullable Finding finding) {}
