package io.dorsal.functions.http;

import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;
import static com.microsoft.azure.functions.HttpMethod.PUT;
import static io.dorsal.access.Scope.ADMIN_READ;
import static io.dorsal.access.Scope.ADMIN_WRITE;
import static io.dorsal.access.Scope.CATALOG_READ;
import static io.dorsal.access.Scope.CATALOG_WRITE;
import static io.dorsal.access.Scope.ONBOARDING_READ;
import static io.dorsal.access.Scope.ONBOARDING_WRITE;

import com.microsoft.azure.functions.HttpMethod;
import io.dorsal.access.Scope;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of who may do what: one row for every method of every route, also of those that the
 * edge serves. {@link Endpoint} keeps to it, the description is made from it, and a route without a
 * row or a row without a route fails the build.
 */
public final class Permissions {

  private static final List<Permission> ROWS =
      List.of(
          // users
          row(GET, "me", Who.SIGNED_IN, null, RateClass.LIST, "Reading who one is"),
          row(GET, "admin/users", Who.TENANT_ADMIN, ADMIN_READ, RateClass.LIST, "Reading users"),
          row(
              POST,
              "admin/users",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Inviting a user"),
          row(
              GET,
              "admin/users/{id}",
              Who.TENANT_ADMIN,
              ADMIN_READ,
              RateClass.LIST,
              "Reading users"),
          row(
              PATCH,
              "admin/users/{id}",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Changing a user"),
          row(
              DELETE,
              "admin/users/{id}",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Deleting a user"),
          row(
              POST,
              "admin/users/{id}/activate",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Activating a user"),
          row(
              POST,
              "admin/users/{id}/deactivate",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Deactivating a user"),
          row(
              POST,
              "admin/users/{id}/merge",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Merging users"),
          row(
              PUT,
              "admin/users/{id}/roles",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Granting roles"),
          row(
              GET,
              "admin/role-mappings",
              Who.TENANT_ADMIN,
              ADMIN_READ,
              RateClass.LIST,
              "Reading role mappings"),
          row(
              PUT,
              "admin/role-mappings",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Mapping groups to roles"),
          row(
              POST,
              "webhooks/identity/{issuerKey}",
              Who.ANYONE,
              null,
              RateClass.WRITE,
              "Telling of users"),
          // catalog
          row(GET, "populations", Who.MEMBER, CATALOG_READ, RateClass.LIST, "Reading populations"),
          row(
              POST,
              "populations",
              Who.MEMBER,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Requesting a population"),
          row(
              GET,
              "populations/{id}",
              Who.MEMBER,
              CATALOG_READ,
              RateClass.READ,
              "Reading populations"),
          row(
              PATCH,
              "populations/{id}",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Changing a population"),
          row(
              POST,
              "populations/{id}/approve",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Approving a population"),
          row(
              POST,
              "populations/{id}/reject",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Rejecting a population"),
          row(
              POST,
              "populations/{id}/archive",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Archiving a population"),
          row(
              POST,
              "populations/{id}/restore",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Restoring a population"),
          row(
              POST,
              "populations/{id}/delete",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Deleting a population"),
          row(
              POST,
              "populations/{id}/add-myself",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Adding oneself to a population"),
          row(
              POST,
              "populations/{id}/leave",
              Who.SIGNED_IN,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Leaving a population"),
          row(
              GET,
              "populations/{id}/members",
              Who.ADMINISTRATOR,
              CATALOG_READ,
              RateClass.LIST,
              "Reading the people of a population"),
          row(
              POST,
              "populations/{id}/members",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Inviting somebody"),
          row(
              GET,
              "populations/{id}/members/{user_id}",
              Who.ADMINISTRATOR,
              CATALOG_READ,
              RateClass.READ,
              "Reading the people of a population"),
          row(
              PATCH,
              "populations/{id}/members/{user_id}",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Changing a role"),
          row(
              DELETE,
              "populations/{id}/members/{user_id}",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Removing a member"),
          row(
              POST,
              "populations/{id}/members/{user_id}/confirm",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Confirming a member"),
          row(
              GET,
              "populations/{id}/join-requests",
              Who.ADMINISTRATOR,
              CATALOG_READ,
              RateClass.LIST,
              "Reading the people of a population"),
          row(
              POST,
              "populations/{id}/join-requests",
              Who.MEMBER,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Joining a population"),
          row(
              POST,
              "populations/{id}/join-requests/{request_id}/approve",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Deciding on a request to join"),
          row(
              POST,
              "populations/{id}/join-requests/{request_id}/reject",
              Who.ADMINISTRATOR,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Deciding on a request to join"),
          row(
              POST,
              "populations/{id}/join-requests/{request_id}/withdraw",
              Who.SIGNED_IN,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Withdrawing a request to join"),
          // operations
          row(GET, "health", Who.ANYONE, null, RateClass.PROBE, "Asking for health"),
          row(GET, "ready", Who.ANYONE, null, RateClass.PROBE, "Asking for readiness"),
          row(GET, "metrics", Who.ANYONE, null, RateClass.HEALTH, "Reading metrics"),
          row(
              GET,
              "admin/health",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.DIAGNOSTICS,
              "Reading the health of the system"),
          row(
              GET,
              "admin/jobs",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.LIST,
              "Reading jobs"),
          row(
              GET,
              "admin/jobs/{id}",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.READ,
              "Reading a job"),
          row(
              GET,
              "admin/dead-letters",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.LIST,
              "Reading dead letters"),
          row(
              POST,
              "admin/dead-letters/{queue}/{id}/resend",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Sending a dead letter again"),
          row(
              POST,
              "admin/dead-letters/{queue}/{id}/drop",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Dropping a dead letter"),
          row(GET, "openapi.json", Who.ANYONE, null, RateClass.HEALTH, "Reading the description"),
          row(GET, "notices", Who.SIGNED_IN, null, RateClass.LIST, "Reading notices"),
          row(
              POST,
              "notices/{id}/read",
              Who.SIGNED_IN,
              null,
              RateClass.WRITE,
              "Marking a notice as read"),
          // operations
          row(GET, "admin/audit", Who.AUDITOR, ADMIN_READ, RateClass.LIST, "Reading the audit log"),
          row(
              GET,
              "admin/audit/verify",
              Who.AUDITOR,
              ADMIN_READ,
              RateClass.DIAGNOSTICS,
              "Verifying the audit log"),
          row(
              POST,
              "admin/audit/exports",
              Who.AUDITOR,
              ADMIN_READ,
              RateClass.DIAGNOSTICS,
              "Exporting the audit log"),
          row(
              GET,
              "admin/audit/exports/{id}",
              Who.AUDITOR,
              ADMIN_READ,
              RateClass.READ,
              "Reading an export"),
          row(
              POST,
              "admin/support-bundles",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.DIAGNOSTICS,
              "Taking a support bundle"),
          row(
              GET,
              "admin/support-bundles/{id}",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.READ,
              "Taking a support bundle"),
          row(
              GET,
              "admin/traces/{trace_id}",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.DIAGNOSTICS,
              "Reading traces"),
          row(
              GET,
              "admin/requests/{request_id}",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.DIAGNOSTICS,
              "Reading traces"),
          // access
          row(GET, "auth/config", Who.ANYONE, null, RateClass.HEALTH, "Asking how to sign in"),
          row(
              POST,
              "admin/auth/jwks/refresh",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_WRITE,
              RateClass.DIAGNOSTICS,
              "Fetching signing keys"),
          row(
              POST,
              "admin/auth/explain",
              Who.TENANT_ADMIN_OR_OPERATOR,
              ADMIN_READ,
              RateClass.DIAGNOSTICS,
              "Explaining a token"),
          row(GET, "admin/tenant", Who.AUDITOR, ADMIN_READ, RateClass.READ, "Reading the tenant"),
          row(
              PATCH,
              "admin/tenant",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Changing the tenant's settings"),
          row(GET, "operator/tenants", Who.OPERATOR, ADMIN_READ, RateClass.LIST, "Reading tenants"),
          row(
              POST,
              "operator/tenants",
              Who.OPERATOR,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Making a tenant"),
          row(
              PATCH,
              "operator/tenants/{id}",
              Who.OPERATOR,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Changing a tenant"),
          row(
              POST,
              "operator/tenants/{id}/suspend",
              Who.OPERATOR,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Suspending a tenant"),
          row(
              POST,
              "operator/tenants/{id}/resume",
              Who.OPERATOR,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Resuming a tenant"),
          row(
              POST,
              "operator/tenants/{id}/delete",
              Who.OPERATOR,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Deleting a tenant"),
          row(
              GET,
              "operator/tenants/{id}/deletion-certificate",
              Who.OPERATOR,
              ADMIN_READ,
              RateClass.READ,
              "Reading a certificate of deletion"),
          // api keys
          row(POST, "api-keys", Who.MEMBER, ADMIN_WRITE, RateClass.WRITE, "Making an API key"),
          row(GET, "api-keys", Who.SIGNED_IN, ADMIN_READ, RateClass.LIST, "Reading API keys"),
          row(GET, "api-keys/{id}", Who.SIGNED_IN, ADMIN_READ, RateClass.READ, "Reading API keys"),
          row(
              PATCH,
              "api-keys/{id}",
              Who.MEMBER,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Changing an API key"),
          row(
              DELETE,
              "api-keys/{id}",
              Who.SIGNED_IN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Revoking an API key"),
          row(
              POST,
              "api-keys/{id}/rotate",
              Who.MEMBER,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Rotating an API key"),
          // webhooks
          row(
              POST,
              "admin/webhooks",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Making a webhook"),
          row(
              GET,
              "admin/webhooks",
              Who.TENANT_ADMIN,
              ADMIN_READ,
              RateClass.LIST,
              "Reading webhooks"),
          row(
              GET,
              "admin/webhooks/{id}",
              Who.TENANT_ADMIN,
              ADMIN_READ,
              RateClass.READ,
              "Reading webhooks"),
          row(
              PATCH,
              "admin/webhooks/{id}",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Changing a webhook"),
          row(
              DELETE,
              "admin/webhooks/{id}",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Deleting a webhook"),
          row(
              POST,
              "admin/webhooks/{id}/test",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Trying a webhook"),
          row(
              POST,
              "admin/webhooks/{id}/pause",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Pausing a webhook"),
          row(
              POST,
              "admin/webhooks/{id}/resume",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Resuming a webhook"),
          row(
              GET,
              "admin/webhooks/{id}/deliveries",
              Who.TENANT_ADMIN,
              ADMIN_READ,
              RateClass.LIST,
              "Reading webhooks"),
          row(
              POST,
              "admin/webhooks/{id}/deliveries/{delivery_id}/redeliver",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Sending a delivery again"),
          // connections
          row(
              POST,
              "connections",
              Who.TENANT_ADMIN,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Creating a connection"),
          row(
              GET,
              "connections",
              Who.ADMINISTRATOR,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading connections"),
          row(
              GET,
              "connections/{id}",
              Who.ADMINISTRATOR,
              ONBOARDING_READ,
              RateClass.READ,
              "Reading connections"),
          row(
              PATCH,
              "connections/{id}",
              Who.TENANT_ADMIN,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Changing a connection"),
          row(
              DELETE,
              "connections/{id}",
              Who.TENANT_ADMIN,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Deleting a connection"),
          row(
              PUT,
              "connections/{id}/secret",
              Who.TENANT_ADMIN,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Replacing a secret"),
          row(
              GET,
              "connections/{id}/containers",
              Who.ADMINISTRATOR,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading connections"),
          row(
              POST,
              "connections/doctor",
              Who.TENANT_ADMIN,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Trying a connection"),
          row(
              POST,
              "connections/{id}/doctor",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Checking a connection"),
          row(
              GET,
              "connections/{id}/doctor-reports",
              Who.ADMINISTRATOR,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading connections"),
          row(
              GET,
              "connections/expiry-calendar",
              Who.ADMINISTRATOR,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading the expiry calendar"),
          row(
              POST,
              "connections/expiry-calendar/feed",
              Who.ADMINISTRATOR,
              ONBOARDING_READ,
              RateClass.WRITE,
              "Reading the expiry calendar"),
          row(
              DELETE,
              "connections/expiry-calendar/feed",
              Who.SIGNED_IN,
              ONBOARDING_READ,
              RateClass.WRITE,
              "Ending a calendar's address"),
          row(
              GET,
              "connections/expiry-calendar.ics",
              Who.ANYONE,
              null,
              RateClass.SIGN_IN,
              "Reading a calendar by its address"),
          // organizations
          row(
              GET,
              "organizations",
              Who.MEMBER,
              CATALOG_READ,
              RateClass.LIST,
              "Reading organizations"),
          row(
              POST,
              "organizations",
              Who.MEMBER,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Making an organization"),
          row(
              GET,
              "organizations/{id}",
              Who.MEMBER,
              CATALOG_READ,
              RateClass.READ,
              "Reading organizations"),
          row(
              PATCH,
              "organizations/{id}",
              Who.MEMBER,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Changing an organization"),
          row(
              GET,
              "organizations/{id}/settings",
              Who.MEMBER,
              CATALOG_READ,
              RateClass.READ,
              "Reading an organization's settings"),
          row(
              GET,
              "organizations/{id}/members",
              Who.MEMBER,
              CATALOG_READ,
              RateClass.LIST,
              "Reading an organization's members"),
          row(
              POST,
              "organizations/{id}/members",
              Who.MEMBER,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Adding an organization's members"),
          row(
              GET,
              "organizations/{id}/members/{user_id}",
              Who.MEMBER,
              CATALOG_READ,
              RateClass.READ,
              "Reading an organization's members"),
          row(
              PATCH,
              "organizations/{id}/members/{user_id}",
              Who.MEMBER,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Changing an organization's members"),
          row(
              DELETE,
              "organizations/{id}/members/{user_id}",
              Who.MEMBER,
              CATALOG_WRITE,
              RateClass.WRITE,
              "Removing an organization's members"),
          row(
              GET,
              "organizations/{id}/verification",
              Who.TENANT_ADMIN,
              ADMIN_READ,
              RateClass.READ,
              "Verifying organizations"),
          row(
              POST,
              "organizations/{id}/verification",
              Who.TENANT_ADMIN,
              ADMIN_WRITE,
              RateClass.WRITE,
              "Verifying organizations"),
          // sources
          row(
              POST,
              "sources",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Registering a source"),
          row(GET, "sources", Who.PROFESSIONAL, ONBOARDING_READ, RateClass.LIST, "Reading sources"),
          row(
              GET,
              "sources/{id}",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.READ,
              "Reading sources"),
          row(
              PATCH,
              "sources/{id}",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Changing a source"),
          row(
              DELETE,
              "sources/{id}",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Removing a source"),
          row(
              PUT,
              "sources/{id}/schedule",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Setting a schedule"),
          row(
              GET,
              "sources/{id}/schedule",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.READ,
              "Reading schedules"),
          row(
              DELETE,
              "sources/{id}/schedule",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Removing a schedule"),
          row(
              GET,
              "sources/{id}/schedule-runs",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading schedules"),
          // scans
          row(
              POST,
              "scans",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Starting a scan"),
          row(GET, "scans", Who.VIEWER, ONBOARDING_READ, RateClass.LIST, "Reading scans"),
          row(GET, "scans/{id}", Who.VIEWER, ONBOARDING_READ, RateClass.READ, "Reading scans"),
          row(
              DELETE,
              "scans/{id}",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Deleting a scan"),
          row(
              POST,
              "scans/{id}/cancel",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Canceling a scan"),
          row(
              POST,
              "scans/{id}/resume",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Resuming a scan"),
          row(
              POST,
              "scans/{id}/guard",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Deciding about missing files"),
          edge(
              GET,
              "scans/{id}/events",
              Who.VIEWER,
              ONBOARDING_READ,
              RateClass.READ,
              "Watching a scan"),
          row(
              GET,
              "scans/{id}/summary",
              Who.VIEWER,
              ONBOARDING_READ,
              RateClass.READ,
              "Reading scans"),
          row(
              GET,
              "scans/{id}/files",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading file names"),
          row(
              GET,
              "scans/{id}/files/{file_id}",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.READ,
              "Reading file names"),
          row(
              GET,
              "scans/{id}/issues",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading file names"),
          row(
              GET,
              "scans/{id}/patterns",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading file names"),
          row(
              GET,
              "scans/{id}/tree",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading file names"),
          row(
              GET,
              "scans/{id}/log",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading the log of a scan"),
          row(
              GET,
              "scans/{id}/spreadsheets",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading file names"),
          row(
              GET,
              "scans/{id}/format-suggestions",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading format suggestions"),
          row(
              POST,
              "scans/{id}/format-suggestions/{key}/accept",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Deciding on format suggestions"),
          row(
              POST,
              "scans/{id}/format-suggestions/{key}/dismiss",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Deciding on format suggestions"),
          // spreadsheet formats
          row(
              POST,
              "spreadsheet-formats",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Changing spreadsheet formats"),
          row(
              GET,
              "spreadsheet-formats",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.LIST,
              "Reading spreadsheet formats"),
          row(
              GET,
              "spreadsheet-formats/{id}",
              Who.PROFESSIONAL,
              ONBOARDING_READ,
              RateClass.READ,
              "Reading spreadsheet formats"),
          row(
              PUT,
              "spreadsheet-formats/{id}",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Changing spreadsheet formats"),
          row(
              DELETE,
              "spreadsheet-formats/{id}",
              Who.ADMINISTRATOR,
              ONBOARDING_WRITE,
              RateClass.WRITE,
              "Changing spreadsheet formats"));

  private Permissions() {}

  /** All rows. */
  public static List<Permission> all() {
    return ROWS;
  }

  /** The row of a route. */
  public static Permission of(HttpMethod method, String route) {
    return ROWS.stream()
        .filter(row -> row.method() == method && row.route().equals(route))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(method + " " + route + " has no row"));
  }

  /**
   * The methods that a path takes; empty where there is no such route.
   *
   * @param path below the route prefix, without a slash at either end
   */
  static SortedSet<String> methods(String path) {
    SortedSet<String> methods = new TreeSet<>();
    ROWS.stream().filter(row -> row.fits(path)).forEach(row -> methods.add(row.method().name()));
    return methods;
  }

  private static Permission row(
      HttpMethod method,
      String route,
      Who who,
      @Nullable Scope scope,
      RateClass rate,
      String action) {
    return new Permission(method, route, who, scope, rate, action, false);
  }

  private static Permission edge(
      HttpMethod method,
      String route,
      Who who,
      @Nullable Scope scope,
      RateClass rate,
      String action) {
    return new Permission(method, route, who, scope, rate, action, true);
  }
}
