package io.dorsal.problem;

import java.util.Arrays;
import java.util.Optional;

/**
 * The register: every code of every room, also of rooms that are still to come. A room's enum says
 * which of them it uses and in which words; how a code answers stands here alone, so that no two
 * rooms can disagree. {@code docs/errors.md} is the same table for people; a test compares them.
 */
public enum ErrorCode {
  // General
  MALFORMED_REQUEST(400, false, "not JSON, bad header, bad path value", "Correct the request"),
  VALIDATION_FAILED(400, false, "field missing, unknown, out of range", "Correct the named fields"),
  PAGE_CURSOR_INVALID(
      400, false, "list cursor of another list or changed filters", "Start the list again"),
  IDEMPOTENCY_KEY_REQUIRED(400, false, "unsafe create without the key", "Send Idempotency-Key"),
  IDEMPOTENCY_KEY_REUSED(422, false, "same key, other body", "Use a new key"),
  IDEMPOTENCY_IN_PROGRESS(
      409, true, "first call with this key still runs", "Try again in a moment"),
  NOT_FOUND(404, false, "does not exist or is not visible", "Refresh; ask for access"),
  METHOD_NOT_ALLOWED(405, false, "wrong verb", "See the Allow header"),
  UNSUPPORTED_MEDIA_TYPE(415, false, "wrong content type", "See the Accept header"),
  STATE_CONFLICT(
      409,
      false,
      "action not possible in this state (`details.state, allowed[]`)",
      "Refresh and choose an allowed action"),
  NAME_TAKEN(409, false, "name must be unique", "Choose another name"),
  STALE_VERSION(
      412,
      false,
      "If-Match is not the current ETag (`details.current`)",
      "Refresh, redo the change, save"),
  PRECONDITION_REQUIRED(428, false, "If-Match absent", "Load the record first"),
  PAYLOAD_TOO_LARGE(
      413,
      false,
      "over the limit in `details.limited_by, limit_bytes`",
      "Use an upload session, or ask to raise the limit"),
  URL_TOO_LONG(414, false, "the URL has more than 8 KiB", "Send fewer or shorter parameters"),
  HEADERS_TOO_LARGE(431, false, "the headers have more than 32 KiB", "Send fewer headers"),
  RATE_LIMITED(429, true, "more calls a minute than the limit", "Wait `Retry-After` seconds"),
  INTERNAL_ERROR(500, false, "unexpected", "Try again; then report the trace id"),
  UPSTREAM_ERROR(
      502, true, "storage, identity, mail or source failed / was silent", "Try again in a minute"),
  UPSTREAM_TIMEOUT(
      504, true, "storage, identity, mail or source failed / was silent", "Try again in a minute"),
  REQUEST_TIMEOUT(504, true, "30 s passed, nothing was changed", "Narrow the request or retry"),
  SERVICE_UNAVAILABLE(503, true, "dependency down, draining", "Try again; see health"),
  SCHEMA_VERSION_MISMATCH(
      503, true, "database older or newer than the program", "Operator: finish the upgrade"),
  // Access
  AUTH_TOKEN_MISSING(401, false, "no credential", "Sign in"),
  AUTH_TOKEN_INVALID(
      401,
      false,
      "the token proves nothing; `details.reason` says why",
      "Sign in again; on ISSUER_MISMATCH operator aligns `DORSAL_OIDC_URL` or sets `DORSAL_JWT_ISSUER`"),
  API_KEY_INVALID(401, false, "unknown, expired, revoked key", "Create or rotate the key"),
  WEBHOOK_SIGNATURE_INVALID(
      401, false, "HMAC or time window wrong", "Check the secret and the sender's clock"),
  AUTHZ_USER_SUSPENDED(403, false, "user deactivated", "An administrator activates the account"),
  AUTHZ_USER_UNKNOWN(
      403,
      false,
      "no account, JIT off or domain not allowed",
      "Ask an administrator for an account"),
  AUTHZ_TENANT_SUSPENDED(403, false, "tenant suspended", "Contact the operator"),
  AUTHZ_MFA_REQUIRED(403, false, "token without second factor", "Sign in with a second factor"),
  AUTHZ_IP_DENIED(403, false, "address not allowed for the key", "Call from an allowed address"),
  SCOPE_MISSING(403, false, "token or key too narrow", "Use a key with `details.required_scope`"),
  PERMISSION_DENIED(403, false, "role too low", "Ask for `details.required_role`"),
  LAST_ADMINISTRATOR(409, false, "would leave no administrator", "Appoint another one first"),
  IDENTITY_PROVIDER_UNAVAILABLE(
      503, true, "no key set obtainable", "Try again; operator checks the provider"),
  // Connections, discovery
  SAS_MALFORMED(
      422, false, "credential text not usable", "Paste the whole credential of that account"),
  KEY_MALFORMED(
      422, false, "credential text not usable", "Paste the whole credential of that account"),
  ACCOUNT_MISMATCH(
      422, false, "credential text not usable", "Paste the whole credential of that account"),
  ENDPOINT_NOT_ALLOWED(
      422, false, "credential text not usable", "Paste the whole credential of that account"),
  AUTH_TYPE_UNAVAILABLE(
      422, false, "credential text not usable", "Paste the whole credential of that account"),
  SAS_EXPIRED(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SAS_NOT_YET_VALID(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SAS_MISSING_READ(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SAS_MISSING_LIST(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SAS_RESOURCE_TYPES(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SAS_SERVICE_MISSING(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SAS_IP_RESTRICTED(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SAS_SCOPE_BLOB(
      Shown.ITEM,
      false,
      "token cannot do the job",
      "New SAS: Read + List, `srt=sco`, HTTPS, no IP limit"),
  SIGNATURE_INVALID(Shown.ITEM, false, "account refuses", "Follow the finding's own sentence"),
  SHARED_KEY_DISABLED(Shown.ITEM, false, "account refuses", "Follow the finding's own sentence"),
  ACCOUNT_DISABLED(Shown.ITEM, false, "account refuses", "Follow the finding's own sentence"),
  IDENTITY_ROLE_MISSING(Shown.ITEM, false, "account refuses", "Follow the finding's own sentence"),
  IDENTITY_DELEGATOR_MISSING(
      Shown.ITEM, false, "account refuses", "Follow the finding's own sentence"),
  FIREWALL_BLOCKED(Shown.ITEM, false, "account refuses", "Follow the finding's own sentence"),
  ACCOUNT_NOT_FOUND(Shown.ITEM, false, "name wrong", "Check the name"),
  CONTAINER_NOT_FOUND(Shown.ITEM, false, "name wrong", "Check the name"),
  CLOCK_SKEW(Shown.ITEM, false, "clocks differ > 15 min", "Operator corrects the server clock"),
  COPY_TARGET_DOWN(
      Shown.ITEM, true, "own / source storage answers 408, 429, 5xx", "Try again in a few minutes"),
  SOURCE_BUSY(
      Shown.ITEM, true, "own / source storage answers 408, 429, 5xx", "Try again in a few minutes"),
  CONNECTION_IN_USE(409, false, "scan or run active", "Wait or cancel it"),
  CONNECTION_BROKEN(409, false, "last doctor run failed", "Follow the doctor's fix"),
  CONTAINER_LIST_NOT_ALLOWED(
      409, false, "credential cannot list containers", "Type the container name"),
  SOURCE_EXISTS(409, false, "same source exists / is paused", "Use or resume it"),
  SOURCE_PAUSED(409, false, "same source exists / is paused", "Use or resume it"),
  GLOB_INVALID(422, false, "bad pattern / < 15 min", "Correct it"),
  SCHEDULE_TOO_FREQUENT(422, false, "bad pattern / < 15 min", "Correct it"),
  SCAN_ALREADY_RUNNING(409, false, "one active scan per source", "Open `details.scan_id`"),
  SCAN_STATE(409, false, "final state / bound to a manifest", "Refresh"),
  SCAN_IN_USE(409, false, "final state / bound to a manifest", "Refresh"),
  SOURCE_UNAVAILABLE(
      Shown.ITEM,
      false,
      "root not reachable; no file marked missing",
      "Reconnect, then resume the scan"),
  SOURCE_TOO_LARGE(Shown.ITEM, false, "> 10,000,000 files", "Split by prefix"),
  PARTITION_POISONED(
      Shown.ITEM, false, "same partition failed 10 deliveries", "Resume; report the trace id"),
  AUTH_NOT_RENEWED(
      Shown.ITEM,
      false,
      "paused 14 days without new credential",
      "Save a new credential, start again"),
  // Grouping, manifests, review
  PATTERN_INVALID(422, false, "document not usable (position given)", "Correct the place named"),
  MANIFEST_INVALID(422, false, "document not usable (position given)", "Correct the place named"),
  ZONE_REQUIRED(422, false, "document not usable (position given)", "Correct the place named"),
  GROUP_RULE(409, false, "group would mix photographers or dates", "Split, or force"),
  PREVIEW_REQUIRED(409, false, "step skipped", "Preview / approve first"),
  VERSION_NOT_APPROVED(409, false, "step skipped", "Preview / approve first"),
  COLUMN_MISSING(409, false, "mapped column no longer in the file", "Correct the mapping"),
  PHOTOGRAPHERS_UNRESOLVED(
      409, false, "names open in the manifest", "Resolve, create or reject each name"),
  PHOTOGRAPHER_UNRESOLVED(
      Shown.ITEM,
      false,
      "this draft's name is open",
      "Resolve the name; the draft moves to Pending by itself"),
  USER_UNKNOWN(422, false, "value impossible", "Correct the value"),
  GPS_INVALID(422, false, "value impossible", "Correct the value"),
  DATE_IN_FUTURE(422, false, "value impossible", "Correct the value"),
  DRAFT_INCOMPLETE(
      409,
      false,
      "`details.reasons[]`: missing date, location name, GPS, photographer",
      "Fill in what is named"),
  LICENSE_MISSING(409, false, "approval needs it", "Assign it, approve again"),
  ORGANIZATION_REQUIRED(409, false, "approval needs it", "Assign it, approve again"),
  DRAFT_SYNCED(409, false, "already in the catalog", "Edit in the catalog or Reset"),
  SELECTION_CHANGED(409, false, "bulk selection moved on", "Refresh and repeat"),
  // Sync
  COPY_SOURCE_UNVERIFIED(
      Shown.ITEM,
      false,
      "`azure_code CannotVerifyCopySource`; `details.cause` = expired, no Read, IP limit, resource types, …",
      "New SAS: Read + List, `srt=sco`, no IP limit; then Retry"),
  COPY_SOURCE_UNREACHABLE(Shown.ITEM, true, "source storage did not answer the copy", "Retry"),
  COPY_MISMATCH(
      Shown.ITEM,
      true,
      "length or hash differs after copy; target deleted",
      "Retry; then check the source"),
  TARGET_UNAVAILABLE(
      Shown.ITEM,
      true,
      "502/503 after 3 attempts (2 s, 4 s)",
      "Retry; finished images are not sent again"),
  UPLOAD_SESSION_FAILED(
      503, true, "session row could not be written", "Retry; the same key is safe"),
  ENCOUNTER_CONFLICT(
      Shown.ITEM,
      false,
      "encounter already there; a person should see it",
      "Sync again accepts it, or choose another"),
  SOURCE_FILE_MISSING(
      Shown.ITEM, false, "file gone from its path", "Re-run discovery, regenerate, sync again"),
  SOURCE_FILES_MISSING(
      409, false, "some planned files are gone (count)", "As above, or accept missing"),
  SOURCE_CHANGED(Shown.ITEM, false, "file changed since the scan", "Re-run discovery"),
  SOURCE_ARCHIVED(Shown.ITEM, false, "archive tier", "Rehydrate, then Retry"),
  FILE_TOO_LARGE(Shown.ITEM, false, "> 4 GiB image", "Export a smaller file"),
  SYNC_KEY_NOT_READY(
      409, false, "population key not READY", "Open the sync page or rotate the key"),
  SYNC_DISABLED(403, false, "population switch off", "Ask a population administrator"),
  SYNC_RUN_ACTIVE(409, false, "run active", "Wait"),
  NOTHING_TO_SYNC(409, false, "queue empty", "Approve drafts"),
  DIFF_STALE(409, false, "state moved", "Dry-run again"),
  COPY_NOT_POSSIBLE(409, false, "doctor: copy FAIL", "Follow the finding"),
  RECONCILIATION(Shown.ITEM, false, "planned ≠ accounted", "Report the run's trace id"),
  // Catalog, ML, exports
  POPULATION_ARCHIVED(409, false, "state forbids it", "See detail"),
  JOIN_REQUEST_PENDING(409, false, "state forbids it", "See detail"),
  ORGANIZATION_IS_STEWARD(409, false, "state forbids it", "See detail"),
  ORGANIZATION_NOT_SELECTABLE(
      400, false, "`Public` belongs to the system", "Choose another organization"),
  ENCOUNTER_DUPLICATE_CANDIDATE(
      409, false, "same date, place, photographer", "Use it, or allow the duplicate"),
  ENCOUNTER_LIMIT_REACHED(400, false, "see name", "See detail"),
  SPLIT_SELECTION_INVALID(400, false, "see name", "See detail"),
  IMAGE_NOT_IN_ENCOUNTER(400, false, "see name", "See detail"),
  VARIANT_NOT_READY(404, true, "preview still being made", "Wait a few seconds"),
  IDENTIFIER_TAKEN(
      409, false, "other individual holds it / merged", "Open `details.individual_id`"),
  ALREADY_MERGED(409, false, "other individual holds it / merged", "Open `details.individual_id`"),
  IDENTIFIER_AMBIGUOUS(
      Shown.ITEM, false, "alternate id of several animals", "Use the primary identifier"),
  MERGE_SAME_INDIVIDUAL(400, false, "see name", "Choose correctly"),
  MERGE_CROSS_POPULATION(400, false, "see name", "Choose correctly"),
  ANNOTATION_HAS_NO_INDIVIDUAL(400, false, "see name", "Choose correctly"),
  SIZE_MISMATCH(Shown.ITEM, true, "staged bytes incomplete", "Retry the file"),
  BLOB_MISSING(Shown.ITEM, true, "staged bytes incomplete", "Retry the file"),
  IMAGE_UNDECODABLE(
      Shown.ITEM, false, "no preview possible; original kept", "Nothing; or replace the image"),
  IMAGE_TOO_LARGE(
      Shown.ITEM, false, "no preview possible; original kept", "Nothing; or replace the image"),
  FORMAT_NOT_RENDERABLE(
      Shown.ITEM, false, "no preview possible; original kept", "Nothing; or replace the image"),
  MODEL_LOAD_FAILED(
      Shown.ITEM, false, "uploaded model not usable", "Correct the model or its sidecar"),
  MODEL_OUTPUT_SHAPE(
      Shown.ITEM, false, "uploaded model not usable", "Correct the model or its sidecar"),
  MODEL_TIMEOUT(Shown.ITEM, false, "uploaded model not usable", "Correct the model or its sidecar"),
  DATE_RANGE_INVALID(400, false, "request not possible", "Correct it"),
  TOO_MANY_PERIODS(400, false, "request not possible", "Correct it"),
  LOCATION_REQUIRED_BY_FORMAT(400, false, "request not possible", "Correct it"),
  APPROVAL_STATE(409, false, "decision or version no longer open", "Refresh; make a new version"),
  EXPORT_REVOKED(409, false, "decision or version no longer open", "Refresh; make a new version"),
  EXPORT_EMPTY(
      Shown.ITEM, false, "nothing left to export", "Widen the filters or wait for approvals"),
  DATASETS_DISABLED(503, false, "feature switched off", "Ask the administrator"),
  GRANT_MISSING(403, false, "no grant", "Ask the publisher"),
  GRANT_EXPIRED(410, false, "past its end", "Ask the publisher"),
  DATASET_NOT_FOUND(404, false, "not published", "Choose an exported format"),
  FORMAT_NOT_EXPORTED(404, false, "not published", "Choose an exported format"),
  // Uploads, drive
  UPLOAD_SESSION_NOT_FOUND(
      404,
      false,
      "unknown id, or replicas with different databases (`reason`)",
      "Create a session; operator: one database for all replicas"),
  UPLOAD_SESSION_EXPIRED(410, false, "24 h idle or 7 days", "Create it again with the same key"),
  UPLOAD_SESSION_CLOSED(409, false, "finished, canceled or finalizing", "Refresh the session"),
  UPLOAD_SESSION_LIMIT(429, true, "too many sessions", "Finish some"),
  UPLOAD_CONCURRENCY_LIMIT(429, true, "parallel chunks", "Use ≤ 8 in parallel"),
  UPLOAD_INCOMPLETE(409, false, "chunks missing", "Send `missing_chunks`"),
  CHUNK_INDEX_INVALID(400, false, "index out of range", "Correct the index"),
  CHUNK_SIZE_MISMATCH(422, false, "wrong length", "Send exactly `expected_size` bytes"),
  CHUNK_CHECKSUM_MISMATCH(422, true, "bytes damaged on the way", "Send the chunk again"),
  CHUNK_NOT_KNOWN(404, false, "nothing to attach", "Send the bytes"),
  CHECKSUM_MISMATCH(
      422, false, "bytes sent ≠ bytes hashed", "Hash and send the same bytes, binary mode"),
  UPLOAD_OFFSET_MISMATCH(409, true, "tus offset wrong", "HEAD, then continue"),
  UPLOAD_LOCKED(423, true, "second writer", "HEAD, then continue"),
  TUS_VERSION_UNSUPPORTED(412, false, "header `Tus-Resumable` not 1.0.0", "Use tus 1.0.0"),
  NAME_CONFLICT(409, false, "sibling with this name", "Rename, or choose RENAME / NEW_VERSION"),
  NAME_INVALID(400, false, "name or depth not allowed", "Shorten or rename"),
  PATH_TOO_DEEP(400, false, "name or depth not allowed", "Shorten or rename"),
  FOLDER_CYCLE(409, false, "see name", "See detail"),
  LAST_OWNER(409, false, "see name", "See detail"),
  VERSION_PINNED(409, false, "see name", "See detail"),
  RESOURCE_DELETED(410, false, "in the trash", "Restore it first"),
  CONTENT_DAMAGED(
      500, false, "stored chunk fails its hash", "Upload the original again; operator is alerted"),
  SYNC_CURSOR_INVALID(410, false, "cursor expired, ahead, other epoch", "Start from `cursor=0`"),
  SYNC_CURSOR_REWIND(409, false, "position behind the stored one", "Send `allow_rewind` if meant"),
  SYNC_DEVICE_UNKNOWN(404, false, "device not registered", "Register the device"),
  SYNC_VERSION_CONFLICT(409, false, "base version outdated", "Pull, then decide"),
  CONFLICT_OPEN(409, false, "conflict waits / is settled", "Resolve it / refresh"),
  CONFLICT_ALREADY_RESOLVED(409, false, "conflict waits / is settled", "Resolve it / refresh"),
  PARENT_REJECTED(Shown.ITEM, false, "parent in the same batch failed", "Correct the parent"),
  // Search, connectors, quotas, operations
  SEARCH_SCOPE_TOO_LARGE(
      422, false, "> 250,000 vectors without the extension", "Narrow to a share"),
  PROVIDER_INVALID(422, false, "test embedding failed", "Correct endpoint, key or dimensions"),
  CONNECTOR_RUN_IN_PROGRESS(409, false, "job active", "Open `details.job_id`"),
  CONNECTOR_AUTH_FAILED(
      Shown.ITEM, false, "credentials refused or expired", "PATCH the new secret"),
  CONNECTOR_UNREACHABLE(
      Shown.ITEM, true, "host or service not reachable", "Check network and name"),
  CONNECTOR_TARGET_MISSING(Shown.ITEM, false, "target gone", "Restore it"),
  MASS_DELETE_GUARD(Shown.ITEM, false, "> 20 % missing", "Confirm the run"),
  FILE_LOCKED(
      Shown.ITEM, true, "source side", "Exclude, grant, or raise the timeout; next run retries"),
  SOURCE_ACCESS_DENIED(
      Shown.ITEM, true, "source side", "Exclude, grant, or raise the timeout; next run retries"),
  DIRECTORY_TIMEOUT(
      Shown.ITEM, true, "source side", "Exclude, grant, or raise the timeout; next run retries"),
  READ_TIMEOUT(
      Shown.ITEM, true, "source side", "Exclude, grant, or raise the timeout; next run retries"),
  READ_FAILED(
      Shown.ITEM, true, "source side", "Exclude, grant, or raise the timeout; next run retries"),
  CHANGED_WHILE_READING(
      Shown.ITEM, true, "source side", "Exclude, grant, or raise the timeout; next run retries"),
  QUOTA_EXCEEDED(
      507, false, "binding level in `details`", "Raise or exempt that level, or free space"),
  WEBHOOK_URL_REFUSED(422, false, "not https, private address", "Use a public https address"),
  SUPPORT_BUNDLE_NOT_READY(409, true, "still being built", "Wait"),
  AUDIT_RANGE_TOO_LARGE(400, false, "export > 1,000,000 entries", "Narrow the range");

  private final int status;
  private final boolean retryable;
  private final String cause;
  private final String fix;

  ErrorCode(int status, boolean retryable, String cause, String fix) {
    this.status = status;
    this.retryable = retryable;
    this.cause = cause;
    this.fix = fix;
  }

  /** The code of this name; empty where the register has none, as for notes and warnings. */
  public static Optional<ErrorCode> of(String name) {
    return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
  }

  /** The HTTP status; 500 for an item's code, which as an answer would be a defect. */
  public int status() {
    return isItem() ? 500 : status;
  }

  /** Whether it stands in rows of jobs, runs or reports and is never an answer. */
  public boolean isItem() {
    return status == Shown.ITEM;
  }

  /** Whether the same call, unchanged, may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** What happened, in a few words. */
  public String cause() {
    return cause;
  }

  /** What to do, in a few words; a room may say it in more. */
  public String fix() {
    return fix;
  }

  /** Constants of an enum cannot name its own fields before they are there. */
  private static final class Shown {
    static final int ITEM = 0;
  }
}
