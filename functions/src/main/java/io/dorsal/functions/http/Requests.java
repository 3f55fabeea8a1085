package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.access.Sha256;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads what HTTP calls send. */
public final class Requests {

  private Requests() {}

  /**
   * The JSON body as a record.
   *
   * @throws ProblemException UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, MALFORMED_REQUEST,
   *     VALIDATION_FAILED
   */
  public static <T extends Record> T body(
      HttpRequestMessage<Optional<String>> request, Class<T> type) {
    return Members.bind(Json.parse(text(request)), type, "", false);
  }

  /**
   * The members that the body sets to null, which a merge patch (RFC 7396) takes away; {@link
   * #body} does not tell them from absent ones.
   *
   * @throws ProblemException as {@link #body}
   */
  public static Set<String> nulls(HttpRequestMessage<Optional<String>> request) {
    Set<String> names = new HashSet<>();
    Json.parse(text(request))
        .forEachEntry(
            (name, value) -> {
              if (value.isNull()) {
                names.add(name);
              }
            });
    return names;
  }

  /** Tells two bodies apart: SHA-256 in hex. */
  public static String digest(HttpRequestMessage<Optional<String>> request) {
    return Sha256.hex(text(request));
  }

  /**
   * An id of the path.
   *
   * @throws ProblemException NOT_FOUND where it is no UUID, for nothing has such an id
   */
  public static UUID id(String segment) {
    UUID id = Validation.uuid(segment);
    if (id == null) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "There is nothing with this id.");
    }
    return id;
  }

  /**
   * The name of a trace or request in the path.
   *
   * @throws ProblemException NOT_FOUND where nothing can have it
   */
  public static String name(String segment) {
    if (!segment.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "There is nothing with this id.");
    }
    return segment;
  }

  private static String text(HttpRequestMessage<Optional<String>> request) {
    String type = Headers.of(request, "Content-Type").orElse("");
    String media = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")) {
      throw new ProblemException(
          GeneralProblem.UNSUPPORTED_MEDIA_TYPE, "The Content-Type must be application/json.");
    }
    Bounds.checkBody(request);
    return request.getBody().orElse("");
  }
}
