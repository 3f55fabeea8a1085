package io.dorsal.local.servicebus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** A lock token as a delivery tag: the 16 bytes of a .NET GUID, its first three groups reversed. */
final class LockToken {

  private LockToken() {}

  static byte[] deliveryTag(UUID token) {
    long most = token.getMostSignificantBits();
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (most >>> 32))
        .putShort((short) (most >>> 16))
        .putShort((short) most)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(token.getLeastSignificantBits())
        .array();
  }
}
