package io.dorsal.access;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR form (RFC 4632, RFC 4291).
 *
 * @param bits how many bits in front must agree
 */
public record AddressRange(InetAddress network, int bits) {

  /** Four numbers or IPv6: the JDK also takes fewer numbers, and zones. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}([.][0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*");

  /** The range of a text such as {@code 10.0.0.0/8}, or of one address; empty where it is none. */
  public static Optional<AddressRange> of(String text) {
    String[] parts = text.strip().split("/", -1);
    if (parts.length > 2
        || !ADDRESS.matcher(parts[0]).matches()
        || (parts.length == 2 && !parts[1].matches("[0-9]{1,3}"))) {
      return Optional.empty();
    }
    try {
      InetAddress network = InetAddress.ofLiteral(parts[0]);
      int most = network.getAddress().length * 8;
      int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : most;
      return bits <= most ? Optional.of(new AddressRange(network, bits)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public boolean contains(ClientAddress client) {
    byte[] ours = network.getAddress();
    byte[] theirs = client.address().getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
