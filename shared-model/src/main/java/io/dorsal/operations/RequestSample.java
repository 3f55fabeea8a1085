package io.dorsal.operations;

import io.dorsal.access.Sha256;

/** One in a hundred requests, chosen by the id alone: each process chooses the same ones. Pure. */
public final class RequestSample {

  private static final int ONE_IN = 100;

  private RequestSample() {}

  /** Whether a request with this id is kept though nothing went wrong. */
  public static boolean takes(String requestId) {
    byte[] digest = Sha256.of(requestId);
    int number = (digest[0] & 0xff) << 16 | (digest[1] & 0xff) << 8 | (digest[2] & 0xff);
    return number % ONE_IN == 0;
  }
}
