package io.dorsal.jobs;

import io.dorsal.local.storage.RequestLog;
import io.dorsal.local.storage.StorageGateway;
import java.util.HashMap;
import java.util.Map;

/**
 * How often the beginnings of files were read, as the storage gateway saw it.
 *
 * @param files that were read
 * @param again how many readings came on top of each file's first
 */
record FirstReads(long files, long again) {

  /** The check of a new connection reads as much of one file. */
  private static final String CHECK = "bytes=0-1023";

  static FirstReads since(StorageGateway gateway, long mark, String container) {
    RequestLog.Page page = gateway.log().since(mark);
    if (page.forgotten() > 0) {
      throw new IllegalStateException("The gateway forgot " + page.forgotten() + " requests.");
    }
    Map<String, Integer> reads = new HashMap<>();
    for (RequestLog.Entry entry : page.entries()) {
      String range = entry.range() == null ? "" : entry.range();
      if (entry.method().equals("GET")
          && (entry.status() == 200 || entry.status() == 206)
          && entry.path().contains("/" + container + "/")
          && range.startsWith("bytes=0-")
          && !range.equals(CHECK)) {
        reads.merge(entry.path(), 1, Integer::sum);
      }
    }
    long all = reads.values().stream().mapToLong(Integer::longValue).sum();
    return new FirstReads(reads.size(), all - reads.size());
  }
}
