package io.dorsal.functions.http;

import io.dorsal.access.Sha256;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Opaque page cursors: 16 hex digits of the list and its filters, then the place, as base64url.
 * They grant nothing; they only keep a client from going on in another list by mistake.
 */
final class Cursors {

  private static final int MARK = 16;

  private Cursors() {}

  static String to(String position, String binding) {
    byte[] bytes = (mark(binding) + position).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String position(String cursor, String binding) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith(mark(binding)) && Json.storable(text)) {
        return text.substring(MARK);
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static String mark(String binding) {
    return Sha256.hex(binding).substring(0, MARK);
  }

  private static ProblemException invalid() {
    return new ProblemException(
        GeneralProblem.PAGE_CURSOR_INVALID, "The cursor is not one of this list.");
  }
}
