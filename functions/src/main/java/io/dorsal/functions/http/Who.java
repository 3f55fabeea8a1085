package io.dorsal.functions.http;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;

/**
 * Who may call a route: the coarse answer, before anything is looked up. Use cases ask again where
 * it depends on the thing itself, such as the role in its population.
 */
public enum Who {
  /** Also without a login. */
  ANYONE,
  SIGNED_IN,
  /**
   * Of the tenant. Who only runs the platform sees nothing of a tenant's, and an auditor reads what
   * auditors read alone, unless a population or an organization has let them in as well.
   */
  MEMBER,
  /** In any population, as the ones up to {@link #ADMINISTRATOR}. */
  VIEWER,
  EXPERT,
  PROFESSIONAL,
  ADMINISTRATOR,
  AUDITOR,
  TENANT_ADMIN,
  TENANT_ADMIN_OR_OPERATOR,
  OPERATOR;

  /** Whether this caller has the role. */
  public boolean includes(Caller caller) {
    return switch (this) {
      case ANYONE, SIGNED_IN -> true;
      case MEMBER -> isMember(caller);
      case VIEWER, EXPERT, PROFESSIONAL, ADMINISTRATOR ->
          caller.holds(PopulationRole.valueOf(name()));
      case AUDITOR, TENANT_ADMIN -> caller.role().includes(TenantRole.valueOf(name()));
      case TENANT_ADMIN_OR_OPERATOR -> TENANT_ADMIN.includes(caller) || OPERATOR.includes(caller);
      case OPERATOR -> caller.operator();
    };
  }

  private static boolean isMember(Caller caller) {
    boolean runsThePlatformAlone = caller.operator() && caller.userId() == null;
    boolean auditsAlone =
        caller.role() == TenantRole.AUDITOR
            && caller.populations().isEmpty()
            && caller.organizations().isEmpty();
    return !runsThePlatformAlone && !auditsAlone;
  }

  /** The role to ask for. */
  String asked() {
    return this == TENANT_ADMIN_OR_OPERATOR ? TENANT_ADMIN.name() : name();
  }
}
