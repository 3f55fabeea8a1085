package io.dorsal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said by SMTP, and what is made of the answer. */
@SuppressWarnings("NullAway.Init")
class MailServerTests {

  private static final String FROM = "Dorsal <dorsal@house.example>";
  private static final Instant NOW = Instant.parse("2026-12-02T08:00:00Z");

  private MailForTests server;

  @BeforeEach
  void start() throws IOException {
    server = MailForTests.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static MailServer to(String profile, String url) {
    return new MailServer(new MailSettings(profile, url, FROM), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Letter letter(String address, String title) {
    return new Letter(
        UUID.randomUUID(),
        address,
        title,
        "Ersetze das Token – vor dem 5. März; and this is longer than a line of mail may be at"
            + " all.",
        "connection",
        UUID.randomUUID(),
        "Whale Trust");
  }

  @Test
  void aLetterIsPlainTextInUtf8AndSaysNoMoreThanItHasTo() throws Exception {
    Letter letter = letter("ann@whales.example", "The secret of Schweinswäl ends within 7 days");
    assertThat(to("local", server.url("")).send(letter)).isEmpty();
    MimeMessage got = server.to("ann@whales.example").getFirst();
    assertThat(MailForTests.subject(got)).isEqualTo(letter.title());
    assertThat(MailForTests.text(got).lines()).containsExactlyElementsOf(lines(letter));
    assertThat(got.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
    assertThat(got.getFrom()[0]).hasToString("Dorsal <dorsal@house.example>");
    assertThat(got.getSentDate()).isEqualTo(NOW);
    assertThat(got.getMessageID()).isEqualTo("<" + letter.id() + "@house.example>");
    assertThat(Collections.list(got.getAllHeaders()))
        .extracting(header -> header.getName())
        .contains("Auto-Submitted")
        .doesNotContain("Reply-To", "Cc", "Bcc", "X-Mailer");
  }

  private static Iterable<String> lines(Letter letter) {
    return letter.text().lines().toList();
  }

  /** RFC 5322 3.6.4: the same letter is the same message, however often it is sent. */
  @Test
  void eachAttemptHasTheSameMessageId() throws Exception {
    Letter letter = letter("ann@whales.example", "One");
    to("local", server.url("")).send(letter);
    to("local", server.url("")).send(letter);
    assertThat(server.all()).hasSize(2);
    assertThat(server.all().get(0).getMessageID()).isEqualTo(server.all().get(1).getMessageID());
  }

  @Test
  void noNameBecomesAHeaderAndNoAddressACommand() throws Exception {
    Letter injected = letter("ann@whales.example", "A\r\nBcc: eve@evil.example\r\n\r\nText");
    assertThat(to("local", server.url("")).send(injected)).isEmpty();
    MimeMessage got = server.all().getFirst();
    assertThat(got.getHeader("Bcc")).isNull();
    assertThat(MailForTests.text(got)).startsWith("A Bcc: eve@evil.example Text.");
    for (String wrong :
        new String[] {
          "ann@whales.example>\r\nRCPT TO:<eve@evil.example",
          "ann@whales.example, eve@evil.example",
          "\"a\r\nb\"@whales.example",
          "Ann <ann@whales.example",
          "nobody"
        }) {
      assertThat(to("local", server.url("")).send(letter(wrong, "One")))
          .as(wrong)
          .contains(MailError.ADDRESS_REFUSED);
    }
    assertThat(server.all()).hasSize(1);
  }

  @Test
  void aPasswordIsSaidUnderTlsOnlyUnlessTheProfileIsLocal() {
    server.account("dorsal", "MARKER");
    Letter letter = letter("ann@whales.example", "One");
    assertThat(to("azure", server.url("dorsal:MARKER@")).send(letter))
        .contains(MailError.SERVER_UNREACHABLE);
    assertThat(server.all()).isEmpty();
    assertThat(to("local", server.url("dorsal:MARKER@")).send(letter)).isEmpty();
    assertThat(to("local", server.url("dorsal:wrong@")).send(letter))
        .contains(MailError.SIGN_IN_REFUSED);
    // A certificate that nobody vouches for, or none at all, ends it before a word is said.
    assertThat(to("local", server.url("").replace("smtp:", "smtps:")).send(letter))
        .contains(MailError.SERVER_UNREACHABLE);
    assertThat(server.all()).hasSize(1);
  }

  @Test
  void aServerThatIsAwayIsTriedAgainAndANameThatNobodyHasIsNot() throws Exception {
    server.down();
    assertThat(to("local", server.url("")).send(letter("ann@whales.example", "One")))
        .contains(MailError.SERVER_UNREACHABLE);
    assertThat(refusal("550 5.1.1 no such user")).isEqualTo(MailError.ADDRESS_REFUSED);
    assertThat(refusal("451 4.7.1 come back later")).isEqualTo(MailError.REFUSED);
  }

  /** What is made of this answer to RCPT. */
  private static MailError refusal(String answer) throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> converse(socket, answer));
      String url = "smtp://127.0.0.1:" + socket.getLocalPort();
      return to("local", url).send(letter("ann@whales.example", "One")).orElseThrow();
    }
  }

  private static void converse(ServerSocket socket, String answer) {
    try (var client = socket.accept();
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      String said = "";
      for (String reply = "220 here"; said != null; said = in.readLine()) {
        if (!said.isEmpty()) {
          reply = said.startsWith("RCPT") ? answer : said.startsWith("QUIT") ? "221 bye" : "250 ok";
        }
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }
}
