package io.dorsal.connections;

import java.util.UUID;

/** Names one connection. */
public record ConnectionId(UUID value) {}
