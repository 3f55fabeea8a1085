package io.dorsal.discovery;

import java.util.UUID;

/**
 * A part of a scan: up to 10,000 files that one worker inspects at a time.
 *
 * @param number from 1
 * @param next the ordinal of the first file not committed yet
 * @param last the ordinal of its last file
 * @param total how many partitions the scan has
 * @param oneByOne whether its chunk killed two workers, so that its files are taken singly until
 *     the chunk is through
 */
public record ScanPartition(
    UUID scanId, int number, long next, long last, int total, boolean oneByOne) {

  /** The name under which workers agree who inspects it. */
  public static String resource(UUID scanId, int number) {
    return "scan/" + scanId + "/" + number;
  }
}
