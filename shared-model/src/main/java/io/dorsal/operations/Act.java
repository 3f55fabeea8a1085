package io.dorsal.operations;

import io.dorsal.access.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, or was denied, for the audit log. Immutable.
 *
 * @param action what was done, such as {@code user.deactivated}
 * @param actor the actor of the caller, or {@link StateChange#SYSTEM}
 * @param resourceName as people know it; never an e-mail address
 * @param before the fields as they were; only those that changed are kept, secrets masked
 * @param after the fields as they are now
 * @param outcome DONE, DENIED or FAILED
 * @param code of the refusal; null where it was done
 */
public record Act(
    UUID tenantId,
    AuditCategory category,
    String action,
    Severity severity,
    String actor,
    @Nullable String resourceType,
    @Nullable UUID resourceId,
    @Nullable String resourceName,
    Map<String, ?> before,
    Map<String, ?> after,
    Outcome outcome,
    @Nullable String code) {

  /** How it ended. */
  public enum Outcome {
    DONE,
    DENIED,
    FAILED
  }

  /** Something done by a caller in its own tenant. */
  public static Act of(Caller caller, AuditCategory category, String action) {
    return of(caller.tenantId(), caller.actor(), category, action);
  }

  /** Something done by a person, a key or the system in a tenant. */
  public static Act of(UUID tenantId, String actor, AuditCategory category, String action) {
    return new Act(
        tenantId,
        category,
        action,
        Severity.INFO,
        actor,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        Outcome.DONE,
        null);
  }

  /** The same, done to a thing. */
  public Act on(String type, @Nullable UUID id, @Nullable String name) {
    return new Act(
        tenantId, category, action, severity, actor, type, id, name, before, after, outcome, code);
  }

  /** The same with what it changed. */
  public Act changing(Map<String, ?> from, Map<String, ?> to) {
    return new Act(
        tenantId,
        category,
        action,
        severity,
        actor,
        resourceType,
        resourceId,
        resourceName,
        from,
        to,
        outcome,
        code);
  }

  /** The same with another severity. */
  public Act as(Severity other) {
    return new Act(
        tenantId,
        category,
        action,
        other,
        actor,
        resourceType,
        resourceId,
        resourceName,
        before,
        after,
        outcome,
        code);
  }

  /** The same, but it was refused or failed. */
  public Act ended(Outcome how, @Nullable String why) {
    return new Act(
        tenantId,
        category,
        action,
        severity,
        actor,
        resourceType,
        resourceId,
        resourceName,
        before,
        after,
        how,
        why);
  }
}
