package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Uuid7Tests {

  @Test
  void anIdBeginsWithItsTime() {
    assertThat(Uuid7.at(0x0123456789abL).toString()).startsWith("01234567-89ab-7");
  }

  @Test
  void everyIdIsOfVersionSevenAndAnother() {
    assertThat(Stream.generate(Uuid7::next).limit(1_000))
        .allMatch(id -> id.version() == 7 && id.variant() == 2)
        .doesNotHaveDuplicates();
    UUID earlier = Uuid7.at(1_000);
    assertThat(Uuid7.at(1_001).toString()).isGreaterThan(earlier.toString());
  }
}
