package io.dorsal.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token names, proven by its signature. It grants nothing: what the holder may do stands in
 * the database.
 *
 * @param issuer as the token writes it
 * @param subject at most 255 characters
 * @param emailVerified whether the provider vouches for {@code email}
 * @param groups the provider's groups; null where the token does not tell
 * @param scopes null where the token names none
 * @param clientId the client the token was issued to ({@code client_id}, else {@code azp})
 * @param methods how the holder signed in ({@code amr}, RFC 8176)
 * @param serviceAccount the subject that acts for the holder ({@code act}, RFC 8693)
 * @param issuedAt when the provider said all this; null where the token does not tell
 */
public record Identity(
    String issuer,
    String subject,
    UUID tenantId,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String name,
    @Nullable List<String> groups,
    @Nullable List<String> scopes,
    @Nullable String clientId,
    List<String> methods,
    @Nullable String serviceAccount,
    @Nullable Instant issuedAt) {}
