package io.dorsal.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * The server that takes mail, spoken to by SMTP (RFC 5321). A letter's Message-ID is the same each
 * time it is sent, by which receivers may know a second copy. Thread-safe.
 */
@Component
class MailServer {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 10_000;

  private final MailSettings settings;
  private final Clock clock;
  private final @Nullable JavaMailSenderImpl smtp;

  MailServer(MailSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.smtp = settings.server().map(MailServer::smtp).orElse(null);
  }

  private static JavaMailSenderImpl smtp(MailSettings.Server server) {
    var smtp = new JavaMailSenderImpl();
    smtp.setProtocol(server.tls() ? "smtps" : "smtp");
    smtp.setHost(server.host());
    smtp.setPort(server.port());
    smtp.setUsername(server.user());
    smtp.setPassword(server.password());
    smtp.setDefaultEncoding(UTF_8);
    var properties = new Properties();
    String of = "mail." + smtp.getProtocol() + ".";
    properties.put(of + "auth", String.valueOf(server.user() != null));
    properties.put(of + "starttls.enable", String.valueOf(!server.tls()));
    properties.put(of + "starttls.required", String.valueOf(server.mustUpgrade()));
    properties.put(of + "ssl.checkserveridentity", "true");
    properties.put(of + "connectiontimeout", String.valueOf(CONNECT_MILLIS));
    properties.put(of + "timeout", String.valueOf(ANSWER_MILLIS));
    properties.put(of + "writetimeout", String.valueOf(ANSWER_MILLIS));
    smtp.setJavaMailProperties(properties);
    return smtp;
  }

  /** Whether there is one. */
  boolean isSet() {
    return smtp != null;
  }

  /**
   * Sends a letter once.
   *
   * @return why the server did not take it; empty where it did
   */
  Optional<MailError> send(Letter letter) {
    JavaMailSenderImpl server = smtp;
    if (server == null) {
      return Optional.of(MailError.SERVER_UNREACHABLE);
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Jakarta Mail finds its parts by it; that of a functions host does not know them.
    thread.setContextClassLoader(MailServer.class.getClassLoader());
    try {
      server.send(message(server, letter));
      return Optional.empty();
    } catch (AddressException e) {
      return Optional.of(MailError.ADDRESS_REFUSED);
    } catch (MessagingException e) {
      return Optional.of(MailError.REFUSED);
    } catch (MailException e) {
      return Optional.of(error(e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private MimeMessage message(JavaMailSenderImpl server, Letter letter) throws MessagingException {
    MimeMessage message = server.createMimeMessage();
    InternetAddress from = settings.sender();
    message.setFrom(from);
    message.setRecipient(RecipientType.TO, address(letter.address()));
    message.setSubject(letter.title(), UTF_8);
    message.setSentDate(Date.from(clock.instant()));
    message.setText(letter.text(), UTF_8);
    // RFC 3834: no machine answers it.
    message.setHeader("Auto-Submitted", "auto-generated");
    String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    message.setHeader("Message-ID", "<" + letter.id() + "@" + domain + ">");
    return message;
  }

  /** One address; what a provider calls one may be anything. */
  private static InternetAddress address(String text) throws AddressException {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new AddressException("A control character is in it.");
    }
    return new InternetAddress(text, true);
  }

  /** Only where no conversation came about does the exception have a cause of its own. */
  private static MailError error(MailException failure) {
    return switch (failure) {
      case MailAuthenticationException e -> MailError.SIGN_IN_REFUSED;
      case MailSendException e when e.getCause() == null ->
          Arrays.stream(e.getMessageExceptions()).anyMatch(MailServer::refusesAddress)
              ? MailError.ADDRESS_REFUSED
              : MailError.REFUSED;
      default -> MailError.SERVER_UNREACHABLE;
    };
  }

  /** Invalid is what the server refuses for good; what it refuses for now is unsent. */
  private static boolean refusesAddress(Exception failure) {
    return failure instanceof SendFailedException refused
        && refused.getInvalidAddresses() != null
        && refused.getInvalidAddresses().length > 0;
  }
}
