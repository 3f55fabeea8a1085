package io.dorsal.discovery;

import io.dorsal.problem.Problem;

/** Refusals around sources and scans. */
public enum DiscoveryProblem implements Problem {
  SOURCE_EXISTS("This container and prefix is a source already.", "Use the existing source."),
  SOURCE_PAUSED("The source is paused.", "Resume the source first."),
  SCAN_ALREADY_RUNNING(
      "The source is being scanned.", "Open details.scan_id, wait for it or cancel it."),
  SCAN_STATE("The scan's state does not allow this.", "Refresh to see its state."),
  SCAN_IN_USE(
      "A manifest version is bound to the scan.", "Keep the scan; its manifest reads from it."),
  SCHEDULE_TOO_FREQUENT(
      "The schedule fires more often than every 15 minutes.",
      "Leave at least 15 minutes between two fires."),
  GLOB_INVALID("A pattern cannot be read.", "Correct the pattern."),
  SOURCE_TOO_LARGE("The source has more than 10,000,000 files.", "Split the source by prefix."),
  PARTITION_POISONED(
      "A partition failed ten times.", "Resume the scan; report the trace id if it fails again."),
  AUTH_NOT_RENEWED(
      "The scan waited 14 days for a new credential.", "Save a new credential and start again.");

  private final String title;
  private final String fix;

  DiscoveryProblem(String title, String fix) {
    this.title = title;
    this.fix = fix;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String fix() {
    return fix;
  }
}
