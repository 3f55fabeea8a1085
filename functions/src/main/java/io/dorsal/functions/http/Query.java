package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import io.dorsal.problem.FieldError;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of one call, read by name; what does not fit is gathered and refused at once
 * by {@link #check}. Not thread-safe.
 */
public final class Query {

  private static final int DEFAULT_LIMIT = 50;

  /** Null means that the text does not fit. */
  @FunctionalInterface
  private interface Reader<T> {
    @Nullable T read(String text);
  }

  private final String list;
  private final Map<String, String> left;
  private final Map<String, String> filters = new TreeMap<>();
  private final List<FieldError> errors = new ArrayList<>();
  private int limit = DEFAULT_LIMIT;
  private @Nullable String cursor;

  private Query(String list, Map<String, String> parameters) {
    this.list = list;
    this.left = new TreeMap<>(parameters);
  }

  /**
   * @param list names the list its cursors belong to, such as route and id
   */
  public static Query of(HttpRequestMessage<?> request, String list) {
    return new Query(list, request.getQueryParameters());
  }

  /** The list's {@code limit} (50 unless given) and {@code cursor}. */
  public Query paged(int mostItems) {
    String given = left.remove("limit");
    if (given != null) {
      boolean number = given.matches("[0-9]{1,6}");
      limit = number ? Integer.parseInt(given) : 0;
      if (limit < 1 || limit > mostItems) {
        reject("limit", "OUT_OF_RANGE", "limit must be 1 to " + mostItems + ".");
      }
    }
    cursor = left.remove("cursor");
    return this;
  }

  public @Nullable String text(String name) {
    return value(name, 1_024, "at most 1,024 characters that can be stored", text -> text);
  }

  /** A whole number of at most 6 digits. */
  public int number(String name, int otherwise) {
    Integer given =
        value(
            name,
            6,
            "a whole number",
            text -> text.matches("[0-9]{1,6}") ? Integer.valueOf(text) : null);
    return given == null ? otherwise : given;
  }

  public @Nullable UUID id(String name) {
    return value(name, 36, "a UUID", Validation::uuid);
  }

  public @Nullable Boolean flag(String name) {
    return value(
        name,
        5,
        "true or false",
        text ->
            switch (text) {
              case "true" -> Boolean.TRUE;
              case "false" -> Boolean.FALSE;
              default -> null;
            });
  }

  public <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
    E[] known = type.getEnumConstants();
    return value(
        name,
        64,
        "one of " + String.join(", ", Arrays.stream(known).map(Enum::name).toList()),
        text ->
            Arrays.stream(known).filter(each -> each.name().equals(text)).findFirst().orElse(null));
  }

  /**
   * A day or a local time.
   *
   * @param end whether the day or second itself still belongs to the range: what comes right behind
   *     it is returned
   */
  public @Nullable LocalDateTime moment(String name, boolean end) {
    return value(
        name, 32, "a day or a local time such as 2024-05-31T08:00:00", t -> parsed(t, end));
  }

  /** A point in time with its zone. */
  public @Nullable Instant instant(String name) {
    return value(name, 40, "a time such as 2026-05-31T08:00:00Z", Query::parsedInstant);
  }

  private static @Nullable Instant parsedInstant(String text) {
    try {
      // Unencoded, the plus of an offset arrives as a blank.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  public @Nullable Double fraction(String name) {
    return value(
        name,
        8,
        "a number from 0 to 1",
        text -> text.matches("0|1|[01]?\\.[0-9]{1,6}") ? atMostOne(text) : null);
  }

  private static @Nullable Double atMostOne(String text) {
    double number = Double.parseDouble(text);
    return number <= 1 ? number : null;
  }

  private static @Nullable LocalDateTime parsed(String text, boolean end) {
    try {
      LocalDateTime moment;
      if (text.length() == 10) {
        LocalDate day = LocalDate.parse(text);
        moment = (end ? day.plusDays(1) : day).atStartOfDay();
      } else {
        LocalDateTime time = LocalDateTime.parse(text);
        moment = end ? time.plusSeconds(1) : time;
      }
      return moment.getYear() >= 1 && moment.getYear() <= 9_999 ? moment : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private <T> @Nullable T value(String name, int longest, String wanted, Reader<T> reader) {
    String text = left.remove(name);
    if (text == null) {
      return null;
    }
    T value = text.length() <= longest && Json.storable(text) ? reader.read(text) : null;
    if (value == null) {
      reject(name, "INVALID", name + " must be " + wanted + ".");
    }
    filters.put(name, text);
    return value;
  }

  private void reject(String name, String code, String message) {
    errors.add(new FieldError(name, "/" + name, code, message));
  }

  /**
   * Call it when every parameter has been read.
   *
   * @throws ProblemException VALIDATION_FAILED for wrong and unknown parameters
   */
  public Query check() {
    left.keySet()
        .forEach(
            name -> {
              // What looks like no name may be a secret in the wrong place: it is not repeated.
              boolean plain = name.matches("[A-Za-z0-9_.-]{1,40}");
              String shown = plain ? name : "";
              reject(shown, "UNKNOWN_MEMBER", "There is no such parameter: " + shown);
            });
    if (!errors.isEmpty()) {
      throw Json.refusal(errors);
    }
    return this;
  }

  public int limit() {
    return limit;
  }

  /**
   * Where the cursor of this call points.
   *
   * @throws ProblemException PAGE_CURSOR_INVALID for a cursor of another list or other filters
   */
  public Optional<String> after() {
    return Optional.ofNullable(cursor).map(text -> Cursors.position(text, binding()));
  }

  /** The cursor that points there in this list; null for null. */
  public @Nullable String cursorTo(@Nullable String position) {
    return position == null ? null : Cursors.to(position, binding());
  }

  private String binding() {
    return list + filters;
  }
}
