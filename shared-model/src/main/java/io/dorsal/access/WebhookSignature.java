package io.dorsal.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code t=<unix seconds>,v1=<hex>} of webhooks, those that come in and those that go
 * out: HMAC-SHA256 by a shared secret over the time, a dot and the body as it is sent. Immutable.
 *
 * @param signatures one or more; any that fits will do
 */
public record WebhookSignature(long time, List<String> signatures) {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  /** Null where the header is absent or of another form. */
  public static @Nullable WebhookSignature parse(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Long time = null;
    List<String> signatures = new ArrayList<>();
    for (String part : header.split(",", 8)) {
      String text = part.strip();
      if (text.matches("t=[0-9]{1,12}") && time == null) {
        time = Long.valueOf(text.substring(2));
      } else if (text.matches("v1=[0-9a-fA-F]{64}")) {
        signatures.add(text.substring(3).toLowerCase(Locale.ROOT));
      } else {
        return null;
      }
    }
    return time == null || signatures.isEmpty() ? null : new WebhookSignature(time, signatures);
  }

  /**
   * Whether one of the secrets made it, at most 300 seconds from now. Takes the same time always.
   */
  public boolean proves(byte[] body, List<String> secrets, Instant now) {
    boolean proven = false;
    for (String secret : secrets) {
      byte[] right = of(secret, time, body).getBytes(StandardCharsets.US_ASCII);
      for (String signature : signatures) {
        proven |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return proven && Math.abs(now.getEpochSecond() - time) <= WINDOW.toSeconds();
  }

  /** Signed now by each of the secrets; any of them proves it. */
  public static WebhookSignature by(List<String> secrets, Instant now, byte[] body) {
    long time = now.getEpochSecond();
    return new WebhookSignature(
        time, secrets.stream().map(secret -> of(secret, time, body)).toList());
  }

  /** As it stands in the header. */
  public String header() {
    return "t=" + time + ",v1=" + String.join(",v1=", signatures);
  }

  /** The signature as lower-case hex. */
  static String of(String secret, long time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
