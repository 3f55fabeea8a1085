package io.dorsal.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A kind of spreadsheet that a tenant knows.
 *
 * @param requiredHeaders a sheet that has 80 of 100 of them fits
 * @param columnMapping field of the manifest to heading
 */
public record SpreadsheetFormat(
    UUID id,
    int version,
    String name,
    List<String> requiredHeaders,
    Map<String, String> columnMapping,
    String createdBy,
    Instant createdAt,
    Instant changedAt) {}
