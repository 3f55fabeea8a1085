package io.dorsal.discovery;

import io.dorsal.discovery.patterns.DetectedPattern;
import io.dorsal.discovery.patterns.PatternType;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the patterns of scans. Thread-safe. */
@Component
class PatternRows {

  private final JdbcTemplate template;
  private final JdbcClient jdbc;

  PatternRows(JdbcTemplate template) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
  }

  boolean detected(UUID scanId) {
    return jdbc.sql("select exists (select 1 from scan_patterns where scan_id = :scan)")
        .param("scan", scanId)
        .query(Boolean.class)
        .single();
  }

  /** Keeps what was found, unless another worker was first. */
  void keep(Scan scan, List<DetectedPattern> found) {
    int first =
        template.update(
            "insert into scan_patterns (scan_id, tenant_id) values (?, ?) on conflict do nothing",
            scan.id(),
            scan.tenantId());
    if (first == 0) {
      return;
    }
    for (int position = 0; position < found.size(); position++) {
      DetectedPattern pattern = found.get(position);
      template.update(
          """
          insert into scan_pattern (scan_id, position, tenant_id, type, depth, pattern, names, matched,
              support, consistency, agreement, confidence, notes, samples)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          scan.id(),
          position,
          scan.tenantId(),
          pattern.type().name(),
          pattern.depth(),
          pattern.pattern(),
          pattern.names(),
          pattern.matched(),
          pattern.support(),
          pattern.consistency(),
          pattern.agreement(),
          pattern.confidence(),
          pattern.notes().toArray(String[]::new),
          pattern.samples().toArray(String[]::new));
    }
  }

  PatternList of(Scan scan, @Nullable PatternType type, double minConfidence) {
    OffsetDateTime detectedAt =
        jdbc.sql("select detected_at from scan_patterns where scan_id = :scan")
            .param("scan", scan.id())
            .query(OffsetDateTime.class)
            .optional()
            .orElse(null);
    List<DetectedPattern> items =
        jdbc.sql(
                """
                select * from scan_pattern
                where scan_id = :scan and confidence >= :least
                  and (cast(:type as text) is null or type = :type)
                order by confidence desc, position
                """)
            .param("scan", scan.id())
            .param("least", minConfidence)
            .param("type", type == null ? null : type.name())
            .query((row, n) -> pattern(row))
            .list();
    return new PatternList(detectedAt == null ? null : detectedAt.toInstant(), items);
  }

  List<ScanSummary.PatternCount> counts(Scan scan) {
    return jdbc.sql(
            """
            select type, count(*), max(confidence) from scan_pattern
            where scan_id = :scan group by type order by type
            """)
        .param("scan", scan.id())
        .query(
            (row, n) ->
                new ScanSummary.PatternCount(
                    PatternType.valueOf(row.getString(1)), row.getLong(2), row.getDouble(3)))
        .list();
  }

  private static DetectedPattern pattern(ResultSet row) throws SQLException {
    return new DetectedPattern(
        PatternType.valueOf(row.getString("type")),
        row.getObject("depth", Integer.class),
        row.getString("pattern"),
        row.getLong("names"),
        row.getLong("matched"),
        row.getDouble("support"),
        row.getDouble("consistency"),
        row.getObject("agreement", Double.class),
        row.getDouble("confidence"),
        texts(row.getArray("notes")),
        texts(row.getArray("samples")));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
