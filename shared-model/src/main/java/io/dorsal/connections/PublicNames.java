package io.dorsal.connections;

import io.dorsal.access.PublicAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Knows hosts on the internet only, so that no name that a tenant typed leads into Dorsal's own
 * network, whatever it turns out to mean when it is connected to. Thread-safe.
 */
final class PublicNames implements Dns {

  private final Dns names;

  PublicNames(Dns names) {
    this.names = names;
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> all = names.lookup(host);
    if (!all.stream().allMatch(PublicAddress::isPublic)) {
      throw new UnknownHostException(host + " leads to an address that is not public.");
    }
    return all;
  }
}
