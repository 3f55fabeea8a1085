package io.dorsal.operations;

import java.util.List;

/**
 * Every metric of Dorsal, by the names that dashboards and alerts know. A metric without a source
 * yet is declared here all the same, and appears without samples.
 */
public enum Metric {
  INFO(Kind.INFO, "dorsal_info", "What runs here.", "version", "commit", "role"),
  READY(Kind.GAUGE, "dorsal_ready_instances", "Instances that live and are ready.", "role"),
  SECRETS_ENDING(
      Kind.GAUGE, "dorsal_connection_secrets_ending", "Secrets that end within seven days."),
  API_KEYS_ENDING(
      Kind.GAUGE,
      "dorsal_api_keys_ending",
      "API keys that end within seven days and are not replaced."),
  HTTP_REQUESTS(
      Kind.COUNTER,
      "dorsal_http_requests_total",
      "Requests answered.",
      "method",
      "route",
      "status"),
  HTTP_DURATION(
      Kind.HISTOGRAM,
      "dorsal_http_request_duration_seconds",
      "Time until the answer.",
      "method",
      "route"),
  ERRORS(Kind.COUNTER, "dorsal_errors_total", "Refusals by code.", "code"),
  RATE_LIMIT_REJECTIONS(
      Kind.COUNTER, "dorsal_rate_limit_rejections_total", "Requests over a limit.", "dimension"),
  RATE_LIMIT_UNCOUNTED(
      Kind.COUNTER,
      "dorsal_rate_limit_uncounted_total",
      "Requests that passed because the limits could not be asked."),
  AUTH_FAILURES(Kind.COUNTER, "dorsal_auth_failures_total", "Credentials not accepted.", "reason"),
  JWKS_FETCHES(
      Kind.COUNTER, "dorsal_jwks_fetches_total", "Fetches of a key set.", "issuer", "result"),
  JWKS_AGE(Kind.GAUGE, "dorsal_jwks_age_seconds", "Age of the key set held.", "issuer"),
  DRIVE_CHANGES(Kind.COUNTER, "dorsal_drive_changes_fetched_total", "Changes given to devices."),
  DRIVE_CONFLICTS(Kind.COUNTER, "dorsal_drive_conflicts_total", "Conflicts settled.", "strategy"),
  DRIVE_CURSOR_LAG(
      Kind.GAUGE, "dorsal_drive_cursor_lag_seconds", "How far devices are behind.", "stat"),
  DRIVE_SEQUENCER_LAG(
      Kind.GAUGE, "dorsal_drive_sequencer_lag_seconds", "How far numbering is behind."),
  WEBSOCKETS(Kind.GAUGE, "dorsal_drive_websocket_connections", "Sockets open.", "endpoint"),
  WEBSOCKET_CLOSES(Kind.COUNTER, "dorsal_drive_websocket_closes_total", "Sockets closed.", "code"),
  UPLOADED(Kind.COUNTER, "dorsal_uploads_bytes_total", "Bytes received.", "tenant", "protocol"),
  DOWNLOADED(
      Kind.COUNTER, "dorsal_downloads_bytes_total", "Bytes delivered.", "tenant", "protocol"),
  UPLOAD_SESSIONS(Kind.GAUGE, "dorsal_upload_sessions", "Upload sessions.", "state"),
  CHUNKS_STORED(Kind.COUNTER, "dorsal_chunks_stored_total", "Chunks written.", "tenant"),
  CHUNKS_DEDUPLICATED(
      Kind.COUNTER, "dorsal_chunks_deduplicated_total", "Chunks that were there.", "tenant"),
  CHUNK_WRITES(Kind.HISTOGRAM, "dorsal_chunk_write_duration_seconds", "Time to write a chunk."),
  CHUNK_FAILURES(
      Kind.COUNTER, "dorsal_chunk_verification_failures_total", "Chunks that fail their hash."),
  STORAGE(Kind.GAUGE, "dorsal_storage_bytes", "Bytes kept.", "tenant", "type"),
  QUEUE_DEPTH(
      Kind.GAUGE, "dorsal_queue_depth", "Messages waiting or at work; counted to 2000.", "queue"),
  QUEUE_OLDEST(
      Kind.GAUGE, "dorsal_queue_oldest_age_seconds", "Age of the oldest message.", "queue"),
  QUEUE_DEAD_LETTERS(
      Kind.GAUGE, "dorsal_queue_dead_letters", "Messages given up; counted to 2000.", "queue"),
  QUEUE_JOBS(
      Kind.COUNTER, "dorsal_queue_jobs_processed_total", "Messages handled.", "queue", "result"),
  QUEUE_JOB_DURATION(
      Kind.HISTOGRAM, "dorsal_queue_job_duration_seconds", "Time at work on a message.", "task"),
  SEARCH_SEGMENTS(
      Kind.COUNTER, "dorsal_search_segments_indexed_total", "Segments made searchable."),
  SEARCH_PENDING(Kind.GAUGE, "dorsal_search_pending", "Documents not searchable yet."),
  SEARCH_EMBEDDINGS(
      Kind.HISTOGRAM, "dorsal_search_embedding_duration_seconds", "Time to embed.", "provider"),
  SEARCH_PROVIDER_UP(
      Kind.GAUGE, "dorsal_search_provider_up", "1 where the provider answers.", "provider"),
  CONNECTOR_RUNS(
      Kind.COUNTER, "dorsal_connector_runs_total", "Runs of connectors.", "kind", "result"),
  CONNECTOR_ERRORS(
      Kind.COUNTER, "dorsal_connector_item_errors_total", "Items that failed.", "kind", "code"),
  QUOTA_USED(Kind.GAUGE, "dorsal_quota_used_ratio", "Share of the quota in use.", "tenant"),
  QUOTA_REJECTIONS(Kind.COUNTER, "dorsal_quota_rejections_total", "Writes over a quota.", "level"),
  SCAN_FILES(
      Kind.COUNTER, "dorsal_scan_files_total", "Files inspected here and committed.", "result"),
  SCAN_PARTITIONS(Kind.GAUGE, "dorsal_scan_partitions", "Partitions of scans at work.", "state"),
  SYNC_IMAGES(Kind.COUNTER, "dorsal_sync_images_total", "Images synchronized.", "outcome"),
  SYNC_RETRIES(Kind.COUNTER, "dorsal_sync_retries_total", "Steps tried again.", "cause"),
  SYNC_COPIED(Kind.COUNTER, "dorsal_sync_copied_bytes_total", "Bytes copied."),
  ML_IMAGES(Kind.COUNTER, "dorsal_ml_images_total", "Images analyzed.", "phase", "result"),
  EXPORTS(Kind.COUNTER, "dorsal_exports_total", "Exports that ended.", "state"),
  WEBHOOK_DELIVERIES(
      Kind.COUNTER, "dorsal_webhook_deliveries_total", "Attempts to deliver.", "result"),
  WEBHOOK_BACKLOG(Kind.GAUGE, "dorsal_webhook_backlog", "Deliveries waiting."),
  DB_POOL(Kind.GAUGE, "dorsal_db_pool_connections", "Connections of this process.", "state"),
  DB_OLDEST(Kind.GAUGE, "dorsal_db_oldest_transaction_seconds", "Age of the oldest transaction.");

  /** How it behaves; an info is a gauge that is always 1. */
  public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  private final Kind kind;
  private final String title;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> labels;

  Metric(Kind kind, String title, String help, String... labels) {
    this.kind = kind;
    this.title = title;
    this.help = help;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  /** The name in the exposition. */
  public String title() {
    return title;
  }

  public String help() {
    return help;
  }

  /** Names of the labels, in the order their values are given. */
  public List<String> labels() {
    return labels;
  }

  /** The word behind {@code # TYPE}. */
  String type() {
    return switch (kind) {
      case COUNTER -> "counter";
      case GAUGE, INFO -> "gauge";
      case HISTOGRAM -> "histogram";
    };
  }
}
