package io.dorsal.local.storage;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The last requests that went through the gateway, without their signatures; older ones are
 * forgotten. Safe for use by several threads.
 */
public final class RequestLog {

  private static final int KEPT = 50_000;
  private static final Pattern SIGNATURE = Pattern.compile("(?i)(\\bsig=)[^&]*");

  /**
   * @param number counts every request from 1, kept or forgotten
   * @param query without the value of {@code sig}
   * @param copySource the URL a copy reads from, without the value of {@code sig}
   * @param clientRequestId {@code x-ms-client-request-id}
   * @param status 0 when the connection was closed without an answer
   */
  public record Entry(
      long number,
      Instant at,
      String method,
      String path,
      String query,
      @Nullable String range,
      @Nullable String copySource,
      @Nullable String clientRequestId,
      int status) {}

  /**
   * A part of the log.
   *
   * @param next what to ask for to go on from here
   * @param forgotten entries between the asked number and the first one given
   */
  public record Page(long next, long forgotten, List<Entry> entries) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long count;

  /** The text with every signature's value replaced by stars. */
  static String withoutSignature(String text) {
    return text.contains("sig=") || text.contains("SIG=")
        ? SIGNATURE.matcher(text).replaceAll("$1***")
        : text;
  }

  synchronized void add(
      String method,
      String path,
      String query,
      @Nullable String range,
      @Nullable String copySource,
      @Nullable String clientRequestId,
      int status) {
    count++;
    entries.addLast(
        new Entry(
            count, Instant.now(), method, path, query, range, copySource, clientRequestId, status));
    if (entries.size() > KEPT) {
      entries.removeFirst();
    }
  }

  /** The entries after this number. */
  public synchronized Page since(long number) {
    List<Entry> found = entries.stream().filter(entry -> entry.number() > number).toList();
    long kept = found.isEmpty() ? count : found.getFirst().number() - 1;
    return new Page(count, Math.max(0, kept - number), found);
  }

  /** Forgets all entries; the count goes on. */
  public synchronized void clear() {
    entries.clear();
  }
}
