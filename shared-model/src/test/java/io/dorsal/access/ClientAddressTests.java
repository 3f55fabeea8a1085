package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTests {

  @ParameterizedTest
  @CsvSource(
      value = {
        "203.0.113.7:4711, 0, 203.0.113.7",
        "'1.2.3.4, 203.0.113.7:4711', 0, 203.0.113.7",
        "'1.2.3.4, 203.0.113.7, 10.0.0.1:80', 1, 203.0.113.7",
        "'[2001:db8::1]:443', 0, 2001:db8:0:0:0:0:0:1",
        "2001:db8::1, 0, 2001:db8:0:0:0:0:0:1",
        "::ffff:203.0.113.7, 0, 203.0.113.7",
        "203.0.113.7, 1, -",
        "not-an-address, 0, -",
        "-, 0, -"
      },
      nullValues = "-")
  void onlyWhatOurFrontDoorsSayIsBelieved(
      @Nullable String header, int proxies, @Nullable String expected) {
    assertThat(ClientAddress.of(header, null, proxies).map(ClientAddress::text).orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void withoutAFrontDoorItIsThePeer() {
    InetAddress peer = InetAddress.ofLiteral("198.51.100.1");
    assertThat(ClientAddress.of("1.2.3.4", peer, 0).map(ClientAddress::text))
        .contains("198.51.100.1");
    assertThat(ClientAddress.of("1.2.3.4", peer, 1).map(ClientAddress::text)).contains("1.2.3.4");
  }

  @Test
  void theAddressesOfOneIpv6NetworkAreOneCaller() {
    assertThat(ClientAddress.of("2001:db8:0:1::a", null, 0).orElseThrow().network())
        .isEqualTo(ClientAddress.of("2001:db8:0:1::b", null, 0).orElseThrow().network())
        .isNotEqualTo(ClientAddress.of("2001:db8:0:2::a", null, 0).orElseThrow().network());
  }
}
