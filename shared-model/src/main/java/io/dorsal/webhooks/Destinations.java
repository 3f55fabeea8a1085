package io.dorsal.webhooks;

import io.dorsal.access.PublicAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Where webhooks may lead: to the internet by https, so that no tenant looks at Dorsal's own
 * network. Thread-safe.
 */
@Component
class Destinations {

  /** Asks the name service. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  private final boolean anywhere;
  private final Names names;

  Destinations(WebhookSettings settings, ObjectProvider<Names> names) {
    this.anywhere = settings.webhookPrivateAddresses();
    this.names = names.getIfAvailable(() -> InetAddress::getAllByName);
  }

  /** Whether it may be a webhook's address; false as well where no such host is known. */
  boolean allows(URI url) {
    try {
      return !addresses(url).isEmpty();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * What the host leads to now; nothing where any of it may not be called.
   *
   * @throws UnknownHostException where no such host is known
   */
  List<InetAddress> addresses(URI url) throws UnknownHostException {
    boolean https = "https".equalsIgnoreCase(url.getScheme());
    boolean http = anywhere && "http".equalsIgnoreCase(url.getScheme());
    if (!(https || http) || url.getHost() == null || url.getRawUserInfo() != null) {
      return List.of();
    }
    InetAddress[] all = names.of(host(url));
    return anywhere || Arrays.stream(all).allMatch(PublicAddress::isPublic)
        ? List.of(all)
        : List.of();
  }

  /** Without the brackets of an IPv6 address. */
  static String host(URI url) {
    return url.getHost().replaceAll("^\\[|]$", "");
  }
}
