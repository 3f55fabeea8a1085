package io.dorsal.discovery;

import io.dorsal.problem.Category;
import io.dorsal.problem.Problem;

/** Refusals around sources and scans. */
public enum DiscoveryProblem implements Problem {
  SOURCE_EXISTS(
      Category.CONFLICT,
      "This container and prefix is a source already.",
      "Use the existing source."),
  SOURCE_PAUSED(Category.CONFLICT, "The source is paused.", "Resume the source first."),
  SCAN_ALREADY_RUNNING(
      Category.CONFLICT,
      "The source is being scanned.",
      "Open details.scan_id, wait for it or cancel it."),
  SCAN_STATE(
      Category.CONFLICT, "The scan's state does not allow this.", "Refresh to see its state."),
  SCHEDULE_TOO_FREQUENT(
      Category.UNPROCESSABLE,
      "The schedule fires more often than every 15 minutes.",
      "Leave at least 15 minutes between two fires."),
  GLOB_INVALID(Category.UNPROCESSABLE, "A pattern cannot be read.", "Correct the pattern."),
  SOURCE_TOO_LARGE(
      Category.ITEM, "The source has more than 10,000,000 files.", "Split the source by prefix."),
  PARTITION_POISONED(
      Category.ITEM,
      "A partition failed ten times.",
      "Resume the scan; report the trace id if it fails again."),
  AUTH_NOT_RENEWED(
      Category.ITEM,
      "The scan waited 14 days for a new credential.",
      "Save a new credential and start again."),
  INTERNAL(
      Category.ITEM,
      "Something unexpected stopped the scan.",
      "Resume the scan; report the trace id.");

  private final Category category;
  private final String title;
  private final String fix;

  DiscoveryProblem(Category category, String title, String fix) {
    this.category = category;
    this.title = title;
    this.fix = fix;
  }

  @Override
  public Category category() {
    return category;
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
