package io.dorsal.operations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One in a hundred requests, chosen by the id alone: each process chooses the same ones. Pure. */
public final class RequestSample {

  private static final int ONE_IN = 100;

  private RequestSample() {}

  /** Whether a request with this id is kept though nothing went wrong. */
  public static boolean takes(String requestId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(requestId.getBytes(StandardCharsets.UTF_8));
      int number = (digest[0] & 0xff) << 16 | (digest[1] & 0xff) << 8 | (digest[2] & 0xff);
      return number % ONE_IN == 0;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
