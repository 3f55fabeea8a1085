package io.dorsal.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Sha256;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyTextTests {

  @Test
  void aKeyHasItsFormAndNoTwoAreAlike() {
    KeyText one = KeyText.generate();
    assertThat(one.text()).matches("dk_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}");
    assertThat(KeyText.parse(one.text())).contains(one);
    assertThat(KeyText.generate().text()).isNotEqualTo(one.text());
    assertThat(HexFormat.of().formatHex(one.hash())).isEqualTo(Sha256.hex(one.text()));
  }

  @Test
  void itsSecretIsNotInLogs() {
    KeyText key = KeyText.generate();
    assertThat(key.toString()).isEqualTo("dk_" + key.prefix() + "_***");
  }

  @Test
  void otherTextsAreNone() {
    assertThat(KeyText.parse("dk_short_abc")).isEmpty();
    assertThat(KeyText.parse("")).isEmpty();
  }
}
