package io.dorsal.local.host;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context, level 1. */
final class TraceParent {

  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private TraceParent() {}

  /** A new span in the given trace, or in a new one if there is none or it is malformed. */
  static String childOf(@Nullable String parent) {
    if (parent != null) {
      Matcher form = FORM.matcher(parent);
      if (form.matches()) {
        return "00-" + form.group(1) + "-" + random(8) + "-" + form.group(3);
      }
    }
    return "00-" + random(16) + "-" + random(8) + "-01";
  }

  private static String random(int bytes) {
    byte[] id = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(id);
    id[0] |= 1; // All zeroes is no id.
    return HexFormat.of().formatHex(id);
  }
}
