package io.dorsal.operations;

/** How much an audit entry should worry its reader. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL
}
