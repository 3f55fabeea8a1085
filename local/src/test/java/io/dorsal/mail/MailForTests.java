package io.dorsal.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dorsal.local.process.Ports;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A mail server on this machine that keeps what it is sent, and users whom mail may reach. */
public final class MailForTests implements AutoCloseable {

  private final ServerSetup place;
  private GreenMail server;

  private MailForTests(ServerSetup place) {
    this.place = place;
    this.server = new GreenMail(place);
    server.start();
  }

  /** On a port that was free. */
  public static MailForTests start() throws IOException {
    return new MailForTests(new ServerSetup(Ports.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  }

  /** Settings that lead to it. */
  public Map<String, String> settings() {
    return Map.of("dorsal.mail-url", url(""), "dorsal.mail-from", "Dorsal <dorsal@house.example>");
  }

  /** Its address with an account in it, such as {@code me:password@}. */
  public String url(String account) {
    return "smtp://" + account + "127.0.0.1:" + place.getPort();
  }

  /** Ends it; it answers nobody until {@link #up}. */
  public void down() {
    server.stop();
  }

  /** Starts it again, with nothing kept. */
  public void up() {
    server = new GreenMail(place);
    server.start();
  }

  /** Nobody sends to it any more without this account. */
  void account(String user, String password) {
    server.setUser(user, password);
  }

  /** What came, in no order, to this address. */
  public List<MimeMessage> to(String address) {
    return Arrays.stream(server.getReceivedMessages())
        .filter(each -> recipients(each).contains(address))
        .toList();
  }

  List<MimeMessage> all() {
    return List.of(server.getReceivedMessages());
  }

  /** The subjects of what came to this address. */
  public List<String> subjects(String address) {
    return to(address).stream().map(MailForTests::subject).toList();
  }

  /** The subject with nothing encoded in it. */
  static String subject(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text with nothing encoded in it. */
  public static String text(MimeMessage message) {
    try {
      return message.getContent().toString();
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> recipients(MimeMessage message) {
    try {
      return Arrays.stream(message.getAllRecipients()).map(Address::toString).toList();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A tenant with a row of its own. */
  public static UUID tenant(JdbcTemplate jdbc) {
    UUID tenant = UUID.randomUUID();
    jdbc.update(
        "insert into tenant (id, name, display_name) values (?, ?, 'Whale Trust')",
        tenant,
        "t" + tenant);
    return tenant;
  }

  /** An active user, who administers the tenant or does not. */
  public static UUID user(JdbcTemplate jdbc, UUID tenant, @Nullable String email, boolean admin) {
    UUID id = UUID.randomUUID();
    jdbc.update(
        "insert into users (tenant_id, id, status, email) values (?, ?, 'ACTIVE', ?)",
        tenant,
        id,
        email);
    if (admin) {
      jdbc.update("insert into tenant_grant values (?, ?, 'TENANT_ADMIN', 'SYSTEM')", tenant, id);
    }
    return id;
  }

  @Override
  public void close() {
    server.stop();
  }
}
