package io.dorsal.work;

/**
 * The names of the queues declared in {@code queues.json}, as annotations and receivers need them.
 */
public final class Queues {

  public static final String SCAN_REQUESTS = "scan-requests";
  public static final String SCAN_PARTITIONS = "scan-partitions";
  public static final String CONNECTION_CHECKS = "connection-checks";
  public static final String SCAN_PATTERNS = "scan-patterns";
  public static final String IMPORT_REQUESTS = "import-requests";

  public static final String MAINTENANCE = "maintenance";
  public static final String IDENTITY_EVENTS = "identity-events";

  private Queues() {}
}
