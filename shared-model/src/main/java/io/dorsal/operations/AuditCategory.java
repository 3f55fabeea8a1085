package io.dorsal.operations;

/** What an audit entry is about. */
public enum AuditCategory {
  AUTHENTICATION,
  AUTHORIZATION,
  FILE_ACCESS,
  FILE_MODIFICATION,
  SHARING,
  CATALOG,
  ONBOARDING,
  ADMIN,
  SECURITY,
  COMPLIANCE
}
