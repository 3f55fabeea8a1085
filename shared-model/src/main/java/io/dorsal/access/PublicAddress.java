package io.dorsal.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Whether an address that a tenant typed may be called: https, and on the internet. Dorsal's own
 * network and machine are not for tenants to look at.
 */
public final class PublicAddress {

  private PublicAddress() {}

  /** Asks the name service; false where it knows no such host. */
  public static boolean is(URI url) {
    if (!"https".equalsIgnoreCase(url.getScheme())
        || url.getHost() == null
        || url.getRawUserInfo() != null) {
      return false;
    }
    try {
      String host = url.getHost().replaceAll("^\\[|]$", "");
      InetAddress[] all = InetAddress.getAllByName(host);
      return all.length > 0 && Arrays.stream(all).allMatch(PublicAddress::isPublic);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether it is one on the internet. */
  public static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet4Address) {
      return first != 0 // RFC 1122: this network
          && first < 240 // RFC 1112: reserved
          && !(first == 100 && second >= 64 && second < 128) // RFC 6598: carrier's own
          && !(first == 192 && second == 0 && bytes[2] == 0) // RFC 6890: protocol assignments
          && !(first == 198 && (second == 18 || second == 19)); // RFC 2544: benchmarks
    }
    // Of IPv6 only 2000::/3 is given out; 2002::/16 would lead to any IPv4 address.
    return (first & 0xe0) == 0x20 && !(first == 0x20 && second == 0x02);
  }
}
