package io.dorsal.functions.access;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the identity provider sends of users, signed as the stack expects it. */
final class IdentityProviderForTests {

  static final String PATH = "/webhooks/identity/local";

  private IdentityProviderForTests() {}

  static String signature(ApiStack api, long time, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = api.stack().identityWebhookSecret().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] signed = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + time + ",v1=" + HexFormat.of().formatHex(signed);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells it; 204 where it is stored. */
  static Answer tell(ApiStack api, String eventId, String body, long time) {
    return api.call(
        "POST",
        PATH,
        null,
        body,
        "X-Identity-Event-Id",
        eventId,
        "X-Identity-Signature",
        signature(api, time, body));
  }

  static long now() {
    return Instant.now().getEpochSecond();
  }
}
