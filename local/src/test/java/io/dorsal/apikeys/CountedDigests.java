package io.dorsal.apikeys;

import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/** Counts the SHA-256 digests that a thread makes. */
final class CountedDigests {

  private static final ThreadLocal<Integer> MADE = ThreadLocal.withInitial(() -> 0);

  private CountedDigests() {}

  static void begin() {
    MADE.remove();
  }

  static int made() {
    return MADE.get();
  }

  /** Goes before the platform's provider, which then makes the digest. */
  static final class Digests extends Provider {

    static final String NAME = "CountedDigests";
    private static final long serialVersionUID = 1;

    Digests() {
      super(NAME, "1", "Counts digests");
      putService(
          new Service(this, "MessageDigest", "SHA-256", Digest.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new Digest();
            }
          });
    }
  }

  private static final class Digest extends MessageDigestSpi {

    private final MessageDigest platform;

    Digest() throws NoSuchAlgorithmException {
      try {
        platform = MessageDigest.getInstance("SHA-256", "SUN");
      } catch (java.security.NoSuchProviderException e) {
        throw new NoSuchAlgorithmException(e);
      }
    }

    @Override
    protected void engineUpdate(byte input) {
      platform.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      platform.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
      MADE.set(MADE.get() + 1);
      return platform.digest();
    }

    @Override
    protected void engineReset() {
      platform.reset();
    }
  }
}
