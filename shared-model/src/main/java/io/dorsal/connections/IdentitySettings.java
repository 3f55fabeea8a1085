package io.dorsal.connections;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Dorsal's own managed identity, where it runs in Azure.
 *
 * @param clientId of a user-assigned identity; null for the system-assigned one
 */
@ConfigurationProperties("dorsal.identity")
public record IdentitySettings(@Nullable String clientId) {}
