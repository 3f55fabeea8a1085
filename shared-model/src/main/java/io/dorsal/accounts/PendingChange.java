package io.dorsal.accounts;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A shortened retention that holds from its hour on, and may be taken back until then. */
public record PendingChange(
    String setting, JsonNode from, JsonNode to, Instant effectiveAt, String requestedBy) {}
