package io.dorsal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mail over TLS, with a certificate that somebody vouches for. Whom a JVM trusts it is told when it
 * starts: server and sender have a process of their own.
 */
@SuppressWarnings("NullAway.Init")
class MailOverTlsTests {

  private static final String PASSWORD = "changeit";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "smtps"})
  void everythingButTheWayToTlsIsSaidUnderIt(String scheme) throws Exception {
    List<String> said = said(scheme, "127.0.0.1");
    assertThat(said)
        .contains("TLS MAIL FROM:<dorsal@house.example>", "sent")
        .anyMatch(line -> line.startsWith("TLS AUTH"));
    assertThat(said)
        .filteredOn(line -> line.startsWith("plain "))
        .allMatch(line -> line.matches("plain (EHLO .*|STARTTLS)"));
  }

  /** The certificate is for the address, not for this name of it. */
  @ParameterizedTest
  @ValueSource(strings = {"smtp", "smtps"})
  void aServerThatIsNotWhoItShouldBeIsToldNothing(String scheme) throws Exception {
    assertThat(said(scheme, "localhost"))
        .contains("reached", "SERVER_UNREACHABLE")
        .noneMatch(line -> line.startsWith("TLS "));
  }

  /** What the server was told, and what became of the letter. */
  private List<String> said(String scheme, String host) throws Exception {
    Path keys = keys();
    List<String> command = tool("java");
    for (String store : List.of("keyStore", "trustStore")) {
      command.add("-Djavax.net.ssl." + store + "=" + keys);
      command.add("-Djavax.net.ssl." + store + "Password=" + PASSWORD);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Conversation.class.getName(), scheme, host));
    Process process = new ProcessBuilder(command).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }

  private Path keys() throws IOException, InterruptedException {
    Path keys = directory.resolve("keys.p12");
    List<String> command = tool("keytool");
    command.addAll(List.of("-genkeypair", "-alias", "a", "-keyalg", "EC", "-validity", "2"));
    command.addAll(List.of("-dname", "CN=mail", "-ext", "san=ip:127.0.0.1"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", keys.toString()));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return keys;
  }

  private static List<String> tool(String name) {
    return new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", name).toString()));
  }

  /** A server that takes a letter, and Dorsal that sends it. */
  static final class Conversation {

    private Conversation() {}

    public static void main(String[] arguments) throws Exception {
      try (var place = new ServerSocket(0, 1, InetAddress.getByName(arguments[1]))) {
        boolean atOnce = arguments[0].equals("smtps");
        Thread server = Thread.ofPlatform().daemon().start(() -> serve(place, atOnce));
        String account = arguments[0] + "://dorsal:secret@" + arguments[1];
        String url = account + ":" + place.getLocalPort();
        var settings = new MailSettings("azure", url, "Dorsal <dorsal@house.example>");
        var refusal = new MailServer(settings, Clock.systemUTC()).send(letter());
        server.join(10_000);
        System.out.println(refusal.map(Enum::name).orElse("sent"));
      }
    }

    private static Letter letter() {
      UUID id = UUID.randomUUID();
      return new Letter(id, "ann@whales.example", "One", "Text", "connection", id, "Whale Trust");
    }

    private static void serve(ServerSocket place, boolean atOnce) {
      try (Socket plain = place.accept()) {
        System.out.println("reached");
        if (atOnce || converse(plain, "plain ", true)) {
          try (Socket tls = upgraded(plain)) {
            converse(tls, "TLS ", atOnce);
          }
        }
      } catch (IOException | NoSuchAlgorithmException e) {
        // The client has gone.
      }
    }

    private static Socket upgraded(Socket plain) throws IOException, NoSuchAlgorithmException {
      var factory = SSLContext.getDefault().getSocketFactory();
      var tls = (SSLSocket) factory.createSocket(plain, null, plain.getPort(), true);
      tls.setUseClientMode(false);
      return tls;
    }

    /** RFC 5321; true where it goes on under TLS by RFC 3207. */
    private static boolean converse(Socket client, String how, boolean greets) throws IOException {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      if (greets) {
        say(client, "220 here");
      }
      for (String said = in.readLine(); said != null; said = in.readLine()) {
        System.out.println(how + said);
        String command = said.split(" ", 2)[0];
        say(client, answer(command));
        if (command.equals("STARTTLS")) {
          return true;
        }
        if (command.equals("DATA")) {
          in.lines().takeWhile(line -> !line.equals(".")).forEach(line -> {});
          say(client, "250 taken");
        }
      }
      return false;
    }

    private static String answer(String command) {
      return switch (command) {
        case "EHLO" -> "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN";
        case "STARTTLS" -> "220 go on";
        case "AUTH" -> "235 you are";
        case "DATA" -> "354 say it";
        case "QUIT" -> "221 bye";
        default -> "250 so be it";
      };
    }

    private static void say(Socket client, String answer) throws IOException {
      client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
