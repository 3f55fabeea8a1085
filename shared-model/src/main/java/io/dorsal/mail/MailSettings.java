package io.dorsal.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * By which server mail is sent, and in whose name. Without a server none is sent.
 *
 * @param profile {@code azure} or {@code local}
 * @param mailUrl {@code smtp://user:password@host:587} or {@code smtps://…}; user and password are
 *     percent-encoded where they have to be, and both left out where the server wants none
 * @param mailFrom the sender's address, with or without a name
 */
@ConfigurationProperties("dorsal")
public record MailSettings(
    @DefaultValue("azure") String profile, @Nullable String mailUrl, @Nullable String mailFrom) {

  private static final int SUBMISSION = 587;
  private static final int SUBMISSION_BY_TLS = 465;

  /**
   * The server as the URL says it.
   *
   * @param tls from the first byte on
   * @param mustUpgrade whether nothing is said without STARTTLS
   */
  record Server(
      String host,
      int port,
      boolean tls,
      boolean mustUpgrade,
      @Nullable String user,
      @Nullable String password) {

    @Override
    public String toString() {
      return "Server[" + host + ":" + port + "]";
    }
  }

  public MailSettings {
    mailUrl = mailUrl == null || mailUrl.isBlank() ? null : mailUrl;
    mailFrom = mailFrom == null || mailFrom.isBlank() ? null : mailFrom;
    if (mailUrl != null) {
      server(mailUrl, profile);
      if (mailFrom == null) {
        throw new IllegalArgumentException(
            "DORSAL_MAIL_FROM is not set, but DORSAL_MAIL_URL needs it.");
      }
    }
    if (mailFrom != null) {
      sender(mailFrom);
    }
  }

  /** Empty where no mail is sent. */
  Optional<Server> server() {
    return Optional.ofNullable(mailUrl).map(url -> server(url, profile));
  }

  /** Whose mail it is; there where a server is. */
  InternetAddress sender() {
    if (mailFrom == null) {
      throw new IllegalStateException("DORSAL_MAIL_FROM is not set.");
    }
    return sender(mailFrom);
  }

  private static InternetAddress sender(String from) {
    try {
      var address = new InternetAddress(from, true);
      address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
      return address;
    } catch (AddressException | java.io.UnsupportedEncodingException e) {
      throw new IllegalArgumentException("DORSAL_MAIL_FROM must be one e-mail address.");
    }
  }

  private static Server server(String text, String profile) {
    URI url = url(text);
    boolean tls = "smtps".equalsIgnoreCase(url.getScheme());
    String host = url.getHost();
    String path = url.getRawPath();
    if (!(tls || "smtp".equalsIgnoreCase(url.getScheme()))
        || host == null
        || !(path == null || path.isEmpty() || path.equals("/"))
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw wrong();
    }
    List<String> account = account(url.getRawUserInfo());
    boolean signsIn = !account.isEmpty();
    return new Server(
        host,
        url.getPort() > 0 ? url.getPort() : tls ? SUBMISSION_BY_TLS : SUBMISSION,
        tls,
        !tls && signsIn && !profile.equals("local"),
        signsIn ? account.getFirst() : null,
        signsIn ? account.getLast() : null);
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      // Its message repeats the value, and with it a password.
      throw wrong();
    }
  }

  /** User and password, or neither. */
  private static List<String> account(@Nullable String given) {
    if (given == null) {
      return List.of();
    }
    int colon = given.indexOf(':');
    if (colon < 1 || colon == given.length() - 1) {
      throw wrong();
    }
    return List.of(decoded(given.substring(0, colon)), decoded(given.substring(colon + 1)));
  }

  /** A plus is a plus here. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "DORSAL_MAIL_URL must be smtp://user:password@host:587 or smtps://user:password@host:465,"
            + " percent-encoded; user and password may both be left out.");
  }

  @Override
  public String toString() {
    return "MailSettings[" + server().map(Server::toString).orElse("none") + "]";
  }
}
