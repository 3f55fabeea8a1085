package io.dorsal.connections;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.storage.blob.models.BlobStorageException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a storage account answered, reduced to what tells causes apart.
 *
 * @param asked what the request was to do
 * @param status the HTTP status; 0 where no answer came
 * @param azureCode the {@code x-ms-error-code}, or empty
 * @param copySource what the source of a copy said to the store, as far as the store told; else
 *     null
 * @param text Azure's sentence; may be empty, never holds a secret
 * @param retryAfter how long the store asked to wait
 * @param hostUnknown whether the host's name does not resolve
 * @param requestId Azure's own id of the request, or empty
 */
public record StorageAnswer(
    Asked asked,
    int status,
    String azureCode,
    @Nullable CopySource copySource,
    String text,
    @Nullable Duration retryAfter,
    boolean hostUnknown,
    String requestId) {

  /** What was wanted of the store. */
  public enum Asked {
    LIST,
    READ,
    /** A copy that Dorsal's own store makes from a URL of the source. */
    COPY
  }

  /**
   * The source's part of a refused copy.
   *
   * @param status 0 where the store did not tell
   * @param code empty where the store did not tell
   */
  public record CopySource(int status, String code) {}

  private static final HttpHeaderName SOURCE_STATUS =
      HttpHeaderName.fromString("x-ms-copy-source-status-code");
  private static final HttpHeaderName SOURCE_CODE =
      HttpHeaderName.fromString("x-ms-copy-source-error-code");
  private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
  private static final Pattern SOURCE_STATUS_TEXT =
      Pattern.compile("<CopySourceStatusCode>(\\d{3})</CopySourceStatusCode>");
  private static final Pattern SOURCE_CODE_TEXT =
      Pattern.compile("<CopySourceErrorCode>(\\w{1,100})</CopySourceErrorCode>");
  private static final Pattern SENTENCE = Pattern.compile("<Message>([^<]{1,500})");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** An answer without anything of a copy's source. */
  public static StorageAnswer plain(Asked asked, int status, String azureCode) {
    return new StorageAnswer(asked, status, azureCode, null, "", null, false, "");
  }

  /** What a failed request tells; anything but an answer of the store is silence. */
  public static StorageAnswer of(Asked asked, Throwable failure, Instant now) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BlobStorageException answer) {
        return of(asked, answer, now);
      }
    }
    return new StorageAnswer(asked, 0, "", null, "", null, hostUnknown(failure), "");
  }

  private static StorageAnswer of(Asked asked, BlobStorageException answer, Instant now) {
    String code = answer.getErrorCode() == null ? "" : answer.getErrorCode().toString();
    HttpHeaders headers =
        answer.getResponse() == null ? new HttpHeaders() : answer.getResponse().getHeaders();
    String body = String.valueOf(answer.getMessage());
    String sourceStatus = found(headers.getValue(SOURCE_STATUS), SOURCE_STATUS_TEXT, body);
    String sourceCode = found(headers.getValue(SOURCE_CODE), SOURCE_CODE_TEXT, body);
    var source =
        sourceStatus.isEmpty() && sourceCode.isEmpty()
            ? null
            : new CopySource(
                sourceStatus.isEmpty() ? 0 : Integer.parseInt(sourceStatus), sourceCode);
    String request = headers.getValue(REQUEST_ID);
    return new StorageAnswer(
        asked,
        answer.getStatusCode(),
        code,
        source,
        found(null, SENTENCE, body).lines().findFirst().orElse(""),
        wait(headers.getValue(HttpHeaderName.RETRY_AFTER), now),
        false,
        request == null ? "" : request);
  }

  private static String found(@Nullable String header, Pattern inBody, String body) {
    if (header != null && !header.isBlank()) {
      return header.strip();
    }
    Matcher matcher = inBody.matcher(body);
    return matcher.find() ? matcher.group(1).strip() : "";
  }

  /** RFC 9110, section 10.2.3: seconds or a date; never more than 60 s are waited. */
  static @Nullable Duration wait(@Nullable String retryAfter, Instant now) {
    return Optional.ofNullable(retryAfter)
        .map(text -> parsedWait(text.strip(), now))
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
        .orElse(null);
  }

  private static @Nullable Duration parsedWait(String text, Instant now) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Whether a failure without an answer says that the host does not exist. */
  static boolean hostUnknown(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException
          || cause instanceof java.nio.channels.UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  /** The answer in a sentence for people. */
  public String sentence() {
    if (status == 0) {
      return hostUnknown
          ? "The storage account's host does not exist."
          : "The storage account did not answer.";
    }
    String said = "The storage account answered " + (status + " " + azureCode).strip() + ".";
    return text.isEmpty() ? said : said + " " + text;
  }
}
