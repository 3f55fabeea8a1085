package io.dorsal.local.storage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the {@code sip} of a token says about who may use it. */
final class AllowedAddresses {

  private AllowedAddresses() {}

  /** The {@code sip} of a query or URL. */
  static Optional<String> in(@Nullable String query) {
    if (query == null) {
      return Optional.empty();
    }
    return Arrays.stream(query.replaceFirst("^[^?]*\\?", "").split("&", -1))
        .filter(pair -> pair.startsWith("sip="))
        .map(pair -> URLDecoder.decode(pair.substring(4), StandardCharsets.UTF_8))
        .findFirst();
  }

  /**
   * Whether the address is meant.
   *
   * @param sip one IPv4 address, or two with a hyphen between
   */
  static boolean allow(String sip, String address) {
    String[] ends = sip.split("-", 2);
    long first = number(ends[0]);
    long last = number(ends[ends.length - 1]);
    long asking = number(address);
    return asking >= 0 && first >= 0 && first <= asking && asking <= last;
  }

  private static long number(String address) {
    if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return -1;
    }
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number * 256 + Integer.parseInt(part);
    }
    return number;
  }
}
