package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTests {

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "20.33.1.1", "2606:4700::1111"})
  void theInternetIsPublic(String address) throws Exception {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::"
      })
  void ownNetworksAreNot(String address) throws Exception {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void onlyHttpsOfAKnownHostIs() {
    assertThat(PublicAddress.is(URI.create("http://8.8.8.8/keys"))).isFalse();
    assertThat(PublicAddress.is(URI.create("https://user@8.8.8.8/keys"))).isFalse();
    assertThat(PublicAddress.is(URI.create("https://[::1]/keys"))).isFalse();
    assertThat(PublicAddress.is(URI.create("https://nowhere.invalid/keys"))).isFalse();
    assertThat(PublicAddress.is(URI.create("https://8.8.8.8/keys"))).isTrue();
  }
}
