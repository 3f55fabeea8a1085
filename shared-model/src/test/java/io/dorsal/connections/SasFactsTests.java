package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SasFactsTests {

  @Test
  void everythingButTheSignatureIsKept() {
    SasToken sas =
        SasToken.parse(
            "sv=2024-11-04&ss=b&srt=sco&sp=rl&sip=1.2.3.4&st=2026-01-01&se=2027-01-31T00%3A00Z"
                + "&spr=https&sig=MARKER%3D");
    assertThat(sas.unsigned()).doesNotContain("MARKER").doesNotContain("sig");
    assertThat(SasFacts.of(sas.unsigned()))
        .isEqualTo(
            new SasFacts(
                "ACCOUNT",
                "2024-11-04",
                "rl",
                "sco",
                "b",
                null,
                "1.2.3.4",
                "2026-01-01",
                "2027-01-31T00:00Z",
                "https",
                null));
  }

  @Test
  void aStoredPolicyIsNamed() {
    SasFacts facts = SasFacts.of(SasToken.parse("sig=a&sr=c&si=nightly").unsigned());
    assertThat(facts.si()).isEqualTo("nightly");
    assertThat(facts.kind()).isEqualTo("CONTAINER");
  }
}
