package io.dorsal.discovery;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a filter. Every value is a parameter.
 *
 * @param sql begins with {@code and}, or is empty
 * @param oddOnly whether only files with a code, a note or the state MISSING or MOVED can fit
 */
record FileConditions(String sql, Map<String, Object> parameters, boolean oddOnly) {

  static FileConditions of(FileFilter filter) {
    var conditions = new Builder();
    conditions.add("f.class = :class", "class", name(filter.fileClass()));
    conditions.add(FileRows.STATE + " = :state", "state", name(filter.state()));
    conditions.flag("i.latitude", filter.hasGps());
    conditions.flag("i.taken_at_local", filter.hasDate());
    conditions.add("i.camera_key = :camera", "camera", filter.cameraKey());
    conditions.add("i.taken_at_local >= :from", "from", filter.from());
    conditions.add("i.taken_at_local < :before", "before", filter.before());
    conditions.prefix(filter.pathPrefix());
    conditions.part(filter.q());
    conditions.add(":note = any(i.notes)", "note", filter.note());
    conditions.oddOnly = filter.note() != null || odd(filter.state());
    return conditions.build();
  }

  private static boolean odd(@Nullable FileState state) {
    return state == FileState.UNREADABLE
        || state == FileState.SKIPPED
        || state == FileState.MISSING
        || state == FileState.MOVED;
  }

  /** Files with a code or note, or only those with this one. */
  static FileConditions odd(@Nullable String code) {
    var conditions = new Builder();
    conditions.oddOnly = true;
    String gone = FileRows.STATE + " = 'MISSING'";
    conditions.sql.append(" and (i.code is not null or i.notes <> '{}' or " + gone + ")");
    conditions.add(
        "(i.code = :code or :code = any(i.notes) or (:code = 'MISSING' and " + gone + "))",
        "code",
        code);
    return conditions.build();
  }

  /**
   * The first text behind all that begin with the prefix, in the order of code points; null where
   * there is none.
   */
  static @Nullable String behind(String prefix) {
    int end = prefix.length();
    while (end > 0) {
      int last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        int next = last == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : last + 1;
        return prefix.substring(0, end) + Character.toString(next);
      }
    }
    return null;
  }

  private static @Nullable String name(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name();
  }

  private static final class Builder {
    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private boolean oddOnly;

    void add(String condition, String parameter, @Nullable Object value) {
      if (value != null) {
        sql.append(" and ").append(condition);
        parameters.put(parameter, value);
      }
    }

    void flag(String column, @Nullable Boolean present) {
      if (present != null) {
        sql.append(" and ").append(column).append(present ? " is not null" : " is null");
      }
    }

    void prefix(@Nullable String prefix) {
      if (prefix != null && !prefix.isEmpty()) {
        add(PathOrder.FROM_PREFIX, "prefix", prefix);
        add(PathOrder.BEFORE_BEHIND, "behind", behind(prefix));
      }
    }

    /** Names come composed or decomposed, as the system that wrote them liked. */
    void part(@Nullable String part) {
      if (part != null && !part.isEmpty()) {
        String shown = "lower(f.path collate \"pg_c_utf8\")";
        add(
            "(position(lower(cast(:nfc as text) collate \"pg_c_utf8\") in %s) > 0".formatted(shown)
                + " or position(lower(cast(:nfd as text) collate \"pg_c_utf8\") in %s) > 0)"
                    .formatted(shown),
            "nfc",
            Normalizer.normalize(part, Normalizer.Form.NFC));
        parameters.put("nfd", Normalizer.normalize(part, Normalizer.Form.NFD));
      }
    }

    FileConditions build() {
      return new FileConditions(sql.toString(), parameters, oddOnly);
    }
  }
}
