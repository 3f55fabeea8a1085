package io.dorsal.operations;

import io.dorsal.access.Uuid7;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id a caller and an operator know one request by, from {@code X-Request-Id}. */
public final class RequestIds {

  public static final String HEADER = "X-Request-Id";

  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

  private RequestIds() {}

  /** The caller's id where it has the accepted form, otherwise a new one. */
  public static String accept(@Nullable String given, Clock clock) {
    return Optional.ofNullable(given)
        .filter(ACCEPTED.asMatchPredicate())
        .orElseGet(() -> Uuid7.at(clock.millis()).toString());
  }
}
