package io.dorsal.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a call comes from, as far as it can be known. */
public record ClientAddress(InetAddress address) {

  private static final int NETWORK_BYTES = 8;

  /**
   * Reads {@code X-Forwarded-For}, to which every front door adds at the end whom it talked to.
   * What stands before that, the client may have made up.
   *
   * @param forwardedFor the header's value; null where there is none
   * @param peer whom this process itself talks to; null where the platform adds that to the header
   * @param proxies front doors between the client and the last entry
   */
  public static Optional<ClientAddress> of(
      @Nullable String forwardedFor, @Nullable InetAddress peer, int proxies) {
    List<String> entries = new ArrayList<>();
    if (forwardedFor != null) {
      Arrays.stream(forwardedFor.split(",", -1)).map(String::strip).forEach(entries::add);
    }
    if (peer != null) {
      entries.add(peer.getHostAddress());
    }
    int place = entries.size() - 1 - proxies;
    return place < 0 ? Optional.empty() : parse(entries.get(place));
  }

  /** What counts as one caller: the address, or the 64 bits in front of an IPv6 address. */
  String network() {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64"
        : address.getHostAddress();
  }

  /** The address as text, without a zone. */
  public String text() {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  private static Optional<ClientAddress> parse(String entry) {
    String host = entry;
    if (entry.startsWith("[")) {
      host = entry.replaceFirst("^\\[(.*)\\].*$", "$1");
    } else if (entry.indexOf(':') == entry.lastIndexOf(':')) {
      host = entry.replaceFirst(":.*", "");
    }
    try {
      return Optional.of(new ClientAddress(InetAddress.ofLiteral(host)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
