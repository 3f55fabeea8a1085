package io.dorsal.functions.apikeys;

import io.dorsal.apikeys.KeyKind;
import io.dorsal.apikeys.NewKey;
import io.dorsal.problem.Validation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as a body asks for it. */
record KeyWanted(
    @Nullable String name,
    @Nullable String kind,
    @Nullable List<String> scopes,
    @Nullable String expiresAt,
    @Nullable List<String> allowedCidrs) {

  NewKey read() {
    Instant end = end();
    new Validation()
        .check(
            expiresAt == null || end != null,
            "expires_at",
            "INVALID",
            "expires_at must be a time such as 2027-05-31T08:00:00Z.")
        .orThrow();
    KeyKind known =
        Arrays.stream(KeyKind.values())
            .filter(each -> each.name().equals(kind))
            .findFirst()
            .orElse(null);
    return new NewKey(name, known, scopes, end, allowedCidrs);
  }

  private @Nullable Instant end() {
    try {
      return expiresAt == null ? null : OffsetDateTime.parse(expiresAt).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
