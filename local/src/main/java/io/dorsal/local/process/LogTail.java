package io.dorsal.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file that may be large. */
public final class LogTail {

  private static final int LONGEST = 256 * 1024;

  private LogTail() {}

  /** The last lines, joined; empty when there is no such file. Reads 256 KiB at most. */
  public static String of(Path log, int lines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      int length = (int) Math.min(LONGEST, file.length());
      byte[] end = new byte[length];
      file.seek(file.length() - length);
      file.readFully(end);
      List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
