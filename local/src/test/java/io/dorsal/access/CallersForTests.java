package io.dorsal.access;

import java.util.Map;
import java.util.UUID;

/** Callers who are users, without having signed in. */
public final class CallersForTests {

  private CallersForTests() {}

  /** A user with a role in the tenant and none elsewhere. */
  public static Caller user(UUID tenant, UUID user, TenantRole role) {
    return new Caller(
        tenant, user, user.toString(), role, false, Map.of(), Map.of(), Scope.all(), null);
  }
}
