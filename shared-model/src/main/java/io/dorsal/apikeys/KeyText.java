package io.dorsal.apikeys;

import io.dorsal.access.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key's text: {@code dk_<prefix>_<secret>}, of which the secret is 32 random bytes.
 *
 * @param prefix eight letters and digits, no secret
 * @param text all of it; a secret
 */
record KeyText(String prefix, String text) {

  static final String BEGIN = "dk_";

  private static final Pattern FORM = Pattern.compile("dk_([A-Za-z0-9]{8})_[A-Za-z0-9_-]{43}");
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  static KeyText generate() {
    StringBuilder prefix = new StringBuilder();
    RANDOM.ints(8, 0, LETTERS.length()).forEach(i -> prefix.append(LETTERS.charAt(i)));
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new KeyText(prefix.toString(), BEGIN + prefix + "_" + encoded);
  }

  /** Empty where the text is no key. */
  static Optional<KeyText> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), text)) : Optional.empty();
  }

  byte[] hash() {
    return Sha256.of(text);
  }

  @Override
  public String toString() {
    return BEGIN + prefix + "_***";
  }
}
