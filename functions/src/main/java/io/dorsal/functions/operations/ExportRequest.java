package io.dorsal.functions.operations;

import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.AuditFilter;
import io.dorsal.problem.Validation;
import io.dorsal.support.Parcels;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body that asks for an export of the audit log: its form, and the conditions of the list. */
record ExportRequest(
    @Nullable String format,
    @Nullable String category,
    @Nullable String action,
    @Nullable String userId,
    @Nullable UUID resourceId,
    @Nullable String ip,
    @Nullable String code,
    @Nullable String from,
    @Nullable String to,
    @Nullable String q) {

  /** What it asks for. */
  record Wanted(Parcels.Format format, AuditFilter filter) {}

  Wanted wanted() {
    var validation = new Validation();
    var form =
        constant("format", format == null ? "CSV" : format, Parcels.Format.class, validation);
    var filter =
        new AuditFilter(
            category == null
                ? null
                : constant("category", category, AuditCategory.class, validation),
            action,
            userId,
            resourceId,
            ip,
            code,
            BodyMoment.of("from", from, validation),
            BodyMoment.of("to", to, validation),
            q);
    validation.orThrow();
    return new Wanted(form == null ? Parcels.Format.CSV : form, filter);
  }

  private static <E extends Enum<E>> @Nullable E constant(
      String field, String text, Class<E> type, Validation validation) {
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    String known =
        String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    validation.reject(field, "INVALID", field + " must be one of " + known + ".");
    return null;
  }
}
