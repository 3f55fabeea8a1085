package io.dorsal.local.storage;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A fault to be made on purpose.
 *
 * @param match {@code METHOD regex}; {@code *} for any method. The regex is looked for in the path,
 *     and in path and query together (without the signature)
 * @param from the first matching request it acts on, counted from 1; null for the first
 * @param action {@code STATUS n [AzureErrorCode]}, {@code DELAY ms}, {@code HEADERS} or {@code
 *     RESET}
 * @param times how many requests it acts on; null for all until the rule is deleted
 * @param headers headers of the answer that {@code STATUS} gives, or that {@code HEADERS} puts in
 *     place of the store's own; null for none
 */
public record FaultRule(
    String match,
    @Nullable Integer from,
    String action,
    @Nullable Integer times,
    @Nullable Map<String, String> headers) {

  /** A rule without headers. */
  public FaultRule(String match, @Nullable Integer from, String action, @Nullable Integer times) {
    this(match, from, action, times, null);
  }

  /** What happens instead of, or before, the answer. */
  public sealed interface Action {
    /** The store is not asked; this status is the answer. */
    record Status(int code, String azureCode, Map<String, String> headers) implements Action {}

    /** The request goes on after a while. */
    record Delay(long milliseconds) implements Action {}

    /** The store's answer comes with these headers. */
    record Headers(Map<String, String> headers) implements Action {}

    /** The connection is closed without an answer. */
    record Reset() implements Action {}
  }

  /**
   * @throws IllegalArgumentException when it cannot be understood; the message says how it is
   *     written
   */
  public FaultRule {
    if (match == null || action == null) {
      throw new IllegalArgumentException("A fault rule needs match and action");
    }
    if (match.split(" ", 2).length != 2) {
      throw new IllegalArgumentException("match is METHOD path-regex, e.g. GET /source/photos/.*");
    }
    try {
      Pattern.compile(match.split(" ", 2)[1]);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("match has no valid regex: " + e.getDescription(), e);
    }
    if ((from != null && from < 1) || (times != null && times < 1)) {
      throw new IllegalArgumentException("from and times count from 1");
    }
    parse(action, Map.of());
  }

  Action parsedAction() {
    return parse(action, headers == null ? Map.of() : Map.copyOf(headers));
  }

  private static Action parse(String text, Map<String, String> headers) {
    String[] words = text.strip().split("\\s+", -1);
    try {
      return switch (words[0].toUpperCase(Locale.ROOT)) {
        case "STATUS" -> {
          int code = Integer.parseInt(words[1]);
          if (code < 400 || code > 599) {
            throw new IllegalArgumentException("STATUS takes a code from 400 to 599");
          }
          yield new Action.Status(code, words.length > 2 ? words[2] : azureCode(code), headers);
        }
        case "DELAY" -> new Action.Delay(Long.parseLong(words[1]));
        case "HEADERS" -> new Action.Headers(headers);
        case "RESET" -> new Action.Reset();
        default -> throw new IllegalArgumentException(USAGE);
      };
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(USAGE, e);
    }
  }

  private static final String USAGE =
      "action is STATUS n [AzureErrorCode], DELAY ms, HEADERS or RESET";

  private static String azureCode(int status) {
    return switch (status) {
      case 403 -> "AuthenticationFailed";
      case 404 -> "BlobNotFound";
      case 409 -> "BlobArchived";
      case 412 -> "ConditionNotMet";
      case 416 -> "InvalidRange";
      case 429, 503 -> "ServerBusy";
      case 500 -> "InternalError";
      case 504 -> "OperationTimedOut";
      default -> "InjectedFault";
    };
  }
}
