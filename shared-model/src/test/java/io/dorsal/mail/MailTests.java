package io.dorsal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailTests {

  private static final Instant BEGIN = Instant.parse("2026-12-02T08:00:00Z");

  private static Mail fresh() {
    return new Mail(
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        "CONNECTION_EXPIRES",
        MailState.WAITING,
        0,
        BEGIN,
        null,
        null,
        null);
  }

  @Test
  void eightAttemptsThenItIsGivenUp() {
    Mail mail = fresh();
    List<Instant> attempts = new ArrayList<>();
    while (mail.state() == MailState.WAITING) {
      attempts.add(Objects.requireNonNull(mail.nextAt()));
      mail = mail.after(attempts.getLast(), MailError.SERVER_UNREACHABLE);
    }
    assertThat(attempts).hasSize(8);
    assertThat(attempts.get(1)).isEqualTo(BEGIN.plusSeconds(30));
    assertThat(attempts.getLast())
        .isEqualTo(BEGIN.plusSeconds(30 + 60 + 300 + 900).plus(Duration.ofHours(31)));
    assertThat(mail.state()).isEqualTo(MailState.GIVEN_UP);
    assertThat(mail.endedAt()).isEqualTo(attempts.getLast());
    assertThat(mail.nextAt()).isNull();
  }

  @Test
  void whatIsTakenIsSentAndARefusedAddressIsGivenUpAtOnce() {
    assertThat(fresh().after(BEGIN, null).state()).isEqualTo(MailState.SENT);
    assertThat(fresh().after(BEGIN, MailError.REFUSED).state()).isEqualTo(MailState.WAITING);
    Mail refused = fresh().after(BEGIN, MailError.ADDRESS_REFUSED);
    assertThat(refused.state()).isEqualTo(MailState.GIVEN_UP);
    assertThat(refused.attempts()).isEqualTo(1);
  }

  @Test
  void noLineBreakOfANameIsLeft() {
    UUID id = UUID.randomUUID();
    var letter =
        new Letter(
            id,
            "ann@whales.example",
            "The secret of A\r\nBcc: eve@x\u2028B\u0085C ends",
            "Replace A\nB.",
            "api_key",
            id,
            "T\rU");
    assertThat(letter.title()).isEqualTo("The secret of A Bcc: eve@x B C ends");
    assertThat(letter.text().lines())
        .containsExactly(
            "The secret of A Bcc: eve@x B C ends.",
            "",
            "Replace A B.",
            "",
            "Tenant: T U",
            "Api key: " + id,
            "",
            "This stands among your notices in Dorsal, too. Nobody reads what is sent back to this"
                + " address.");
    assertThat(letter.toString()).doesNotContain("whales");
  }
}
