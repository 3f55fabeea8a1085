package io.dorsal.connections;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the ends of secrets are reckoned.
 *
 * @param shiftFile only in the local profile: a file that holds an ISO duration by which the clock
 *     of expiry is ahead; no file means none
 */
@ConfigurationProperties("dorsal.expiry")
public record ExpirySettings(@Nullable Path shiftFile) {}
