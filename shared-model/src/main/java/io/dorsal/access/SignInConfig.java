package io.dorsal.access;

import java.util.List;

/**
 * What a program needs for authorization code with PKCE (RFC 7636).
 *
 * @param issuer the {@code iss} of tokens that count
 * @param audience what their {@code aud} must contain
 */
public record SignInConfig(
    String issuer,
    String authorizeUrl,
    String tokenUrl,
    String jwksUrl,
    String clientId,
    String audience,
    List<String> scopes) {}
