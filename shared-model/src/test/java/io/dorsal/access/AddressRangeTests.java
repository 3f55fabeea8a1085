package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTests {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.114.0, false",
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.128/25, 203.0.113.127, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false"
  })
  void aRangeHoldsWhatAgreesInFront(String range, String address, boolean held) {
    var client = ClientAddress.of(address, null, 0).orElseThrow();
    assertThat(AddressRange.of(range).orElseThrow().contains(client)).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0/8", "example.org", "10.0.0.0/8/9", "::/129"})
  void otherTextsAreNone(String text) {
    assertThat(AddressRange.of(text)).isEmpty();
  }
}
