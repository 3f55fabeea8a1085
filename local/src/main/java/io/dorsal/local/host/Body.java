package io.dorsal.local.host;

import java.nio.charset.StandardCharsets;

/** The bytes a trigger brought; never copied, so nobody changes them. */
final class Body {

  private final byte[] bytes;

  Body(byte[] bytes) {
    this.bytes = bytes;
  }

  static Body of(String text) {
    return new Body(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
