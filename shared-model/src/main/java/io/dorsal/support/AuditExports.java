package io.dorsal.support;

import io.dorsal.operations.AuditEntry;
import io.dorsal.operations.AuditFilter;
import io.dorsal.operations.AuditLog;
import io.dorsal.work.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Writes the audit log for other programs: CSV as RFC 4180 has it, or one JSON array. */
@Component
class AuditExports {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private static final int TOLD_EVERY = 5_000;

  private static final String HEADINGS =
      "event_id,ts,category,action,severity,user_id,key_id,system,service_account,ip,user_agent,"
          + "resource_type,resource_id,resource_name,before,after,outcome,code,request_id,trace_id";

  private final AuditLog log;

  AuditExports(AuditLog log) {
    this.log = log;
  }

  void write(Parcel parcel, OutputStream out, Task task) throws IOException {
    AuditFilter filter =
        JsonMapper.shared().treeToValue(parcel.wanted().path("filter"), AuditFilter.class);
    boolean csv = parcel.wanted().path("format").asString().equals(Parcels.Format.CSV.name());
    try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.putNextEntry(new ZipEntry(csv ? "audit.csv" : "audit.json"));
      Writer text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
      if (csv) {
        text.write(HEADINGS + "\r\n");
        all(parcel, filter, task, entry -> write(text, row(entry) + "\r\n"));
      } else {
        json(parcel, filter, task, text);
      }
      text.flush();
      zip.closeEntry();
    }
  }

  private void all(Parcel parcel, AuditFilter filter, Task task, Consumer<AuditEntry> sink) {
    int[] entries = {0};
    log.all(
        parcel.tenantId(),
        filter,
        entry -> {
          sink.accept(entry);
          if (++entries[0] % TOLD_EVERY == 0) {
            task.did(TOLD_EVERY);
          }
        });
  }

  private void json(Parcel parcel, AuditFilter filter, Task task, Writer text) throws IOException {
    text.write("[");
    String[] between = {"\n"};
    all(
        parcel,
        filter,
        task,
        entry -> {
          write(text, between[0] + JSON.writeValueAsString(entry));
          between[0] = ",\n";
        });
    text.write("\n]\n");
  }

  private static void write(Writer text, String more) {
    try {
      text.write(more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String row(AuditEntry entry) {
    AuditEntry.Actor actor = entry.actor();
    AuditEntry.Resource on = entry.resource();
    List<String> cells = new ArrayList<>();
    cells.add(cell(entry.eventId()));
    cells.add(cell(entry.ts()));
    cells.add(cell(entry.category()));
    cells.add(cell(entry.action()));
    cells.add(cell(entry.severity()));
    cells.add(cell(actor.userId()));
    cells.add(cell(actor.keyId()));
    cells.add(cell(actor.system()));
    cells.add(cell(entry.serviceAccount()));
    cells.add(cell(entry.ip()));
    cells.add(cell(entry.userAgent()));
    cells.add(cell(on == null ? null : on.type()));
    cells.add(cell(on == null ? null : on.id()));
    cells.add(cell(on == null ? null : on.name()));
    cells.add(cell(entry.before()));
    cells.add(cell(entry.after()));
    cells.add(cell(entry.outcome()));
    cells.add(cell(entry.code()));
    cells.add(cell(entry.requestId()));
    cells.add(cell(entry.traceId()));
    return String.join(",", cells);
  }

  /** Quoted where needed; what a spreadsheet would take for a formula begins with an apostrophe. */
  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    String safe = text.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
