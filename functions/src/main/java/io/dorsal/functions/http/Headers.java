package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.ClientAddress;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.Optional;

/** What calls must or may say in their headers. */
public final class Headers {

  private static final int LONGEST_KEY = 255;

  private Headers() {}

  /** A header's value whatever the case of its name; blank counts as absent. */
  public static Optional<String> of(HttpRequestMessage<?> request, String name) {
    return request.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .filter(value -> value != null && !value.isBlank())
        .map(String::strip)
        .findFirst();
  }

  /**
   * Where the call comes from. The platform in front of the functions adds whom it talks to at the
   * end of {@code X-Forwarded-For}.
   *
   * @param proxies front doors between the client and that one
   */
  static Optional<ClientAddress> address(HttpRequestMessage<?> request, int proxies) {
    return ClientAddress.of(of(request, "X-Forwarded-For").orElse(null), null, proxies);
  }

  /**
   * The version that {@code If-Match} names, as {@link Reply#withETag} gave it; -1 for a tag of
   * another form, which no record has.
   *
   * @throws ProblemException PRECONDITION_REQUIRED without the header or for {@code *},
   *     MALFORMED_REQUEST where it is no entity tag
   */
  public static int ifMatch(HttpRequestMessage<?> request) {
    String tag =
        of(request, "If-Match")
            .filter(value -> !value.equals("*"))
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.PRECONDITION_REQUIRED,
                        "If-Match must name the version you have seen."));
    if (!tag.matches("(W/)?\"[\\x21\\x23-\\x7e]*\"")) {
      throw new ProblemException(
          GeneralProblem.MALFORMED_REQUEST, "If-Match must be one entity tag in quotes.");
    }
    return tag.matches("\"v[0-9]{1,9}\"") ? Integer.parseInt(tag, 2, tag.length() - 1, 10) : -1;
  }

  /**
   * @throws ProblemException IDEMPOTENCY_KEY_REQUIRED, MALFORMED_REQUEST where it is not 1 to 255
   *     printable ASCII characters
   */
  public static String idempotencyKey(HttpRequestMessage<?> request) {
    String key =
        of(request, "Idempotency-Key")
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.IDEMPOTENCY_KEY_REQUIRED,
                        "This call needs the header Idempotency-Key."));
    if (key.length() > LONGEST_KEY || !key.matches("[\\x20-\\x7e]+")) {
      throw new ProblemException(
          GeneralProblem.MALFORMED_REQUEST,
          "Idempotency-Key has at most 255 printable ASCII characters.");
    }
    return key;
  }
}
