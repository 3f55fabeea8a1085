package io.dorsal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailSettingsTests {

  private static final String FROM = "Dorsal Ä <dorsal@whales.example>";

  private static MailSettings.Server server(String profile, String url) {
    return new MailSettings(profile, url, FROM).server().orElseThrow();
  }

  @Test
  void withoutAServerNoMailIsSent() {
    assertThat(new MailSettings("azure", null, null).server()).isEmpty();
    assertThat(new MailSettings("azure", " ", " ").server()).isEmpty();
  }

  @Test
  void theUrlSaysServerAndAccount() {
    assertThat(server("azure", "smtp://me%40x:p%3Aa+%2F@mail.example"))
        .isEqualTo(new MailSettings.Server("mail.example", 587, false, true, "me@x", "p:a+/"));
    assertThat(server("azure", "smtps://me:pass@mail.example"))
        .isEqualTo(new MailSettings.Server("mail.example", 465, true, false, "me", "pass"));
    assertThat(server("azure", "smtp://relay:2525/"))
        .isEqualTo(new MailSettings.Server("relay", 2525, false, false, null, null));
  }

  @Test
  void aPasswordIsSaidWithoutTlsInTheLocalProfileOnly() {
    assertThat(server("local", "smtp://me:pass@localhost").mustUpgrade()).isFalse();
    assertThat(server("azure", "smtp://me:pass@localhost").mustUpgrade()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp:///x",
        "smtp://me@mail.example",
        "smtp://:MARKER@mail.example",
        "smtp://me:@mail.example",
        "smtp://me:MARKER@mail.example/path",
        "smtp://me:MARKER@mail.example?tls=no",
        "smtp://me:MARKER@mail.example#x",
        "smtp://me:MARKER %@mail.example",
        "smtp://me:MARKER%0@mail.example",
      })
  void aWrongUrlIsNamedWithoutItsValue(String url) {
    assertThatThrownBy(() -> new MailSettings("azure", url, FROM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DORSAL_MAIL_URL must be")
        .hasMessageNotContaining("MARKER")
        .hasNoCause();
  }

  @Test
  void whoSendsHasOneAddress() {
    assertThat(new MailSettings("azure", "smtp://relay", FROM).sender().getAddress())
        .isEqualTo("dorsal@whales.example");
    assertThatThrownBy(() -> new MailSettings("azure", "smtp://relay", null))
        .hasMessageStartingWith("DORSAL_MAIL_FROM is not set");
    for (String wrong : new String[] {"dorsal", "a@x.example, b@x.example", "a@x\r\nBcc: b@x"}) {
      assertThatThrownBy(() -> new MailSettings("azure", "smtp://relay", wrong))
          .hasMessage("DORSAL_MAIL_FROM must be one e-mail address.");
    }
  }

  @Test
  void noPasswordIsInTheirText() {
    var settings = new MailSettings("azure", "smtp://me:MARKER@mail.example", FROM);
    assertThat(settings.toString() + settings.server()).doesNotContain("MARKER");
  }
}
