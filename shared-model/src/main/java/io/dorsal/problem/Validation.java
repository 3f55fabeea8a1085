package io.dorsal.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gathers every broken rule of a request before refusing it once. Not thread-safe. */
public final class Validation {

  private final List<FieldError> errors = new ArrayList<>();

  /** Whether something is written there, without characters that no database keeps. */
  public static boolean isText(String text) {
    return !text.isBlank() && isKeepable(text);
  }

  /** Whether a database can keep it: no NUL and no half of a surrogate pair. */
  public static boolean isKeepable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  /** The UUID in its one canonical form, else null; {@code UUID.fromString} takes others too. */
  public static @Nullable UUID uuid(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        ? UUID.fromString(text)
        : null;
  }

  /** Notes a broken rule of a top-level field. */
  public Validation reject(String field, String code, String message) {
    errors.add(new FieldError(field, "/" + field, code, message));
    return this;
  }

  /** Notes a broken rule of a place inside of a top-level field, by its JSON pointer. */
  public Validation rejectAt(String pointer, String code, String message) {
    errors.add(new FieldError(pointer.split("/", -1)[1], pointer, code, message));
    return this;
  }

  public Validation check(boolean holds, String field, String code, String message) {
    return holds ? this : reject(field, code, message);
  }

  /** Whether no rule was broken so far. */
  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /**
   * @throws ProblemException VALIDATION_FAILED with {@code details.fields} where any rule was
   *     broken
   */
  public void orThrow() {
    if (errors.isEmpty()) {
      return;
    }
    String more = errors.size() > 1 ? " (+" + (errors.size() - 1) + " more)" : "";
    throw new ProblemException(
        GeneralProblem.VALIDATION_FAILED,
        errors.getFirst().message() + more,
        Map.of("fields", List.copyOf(errors)));
  }
}
