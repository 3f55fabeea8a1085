package io.dorsal.local.api;

import tools.jackson.databind.JsonNode;

/**
 * What a call brought.
 *
 * @param etag empty where there is none
 * @param body missing where the answer had none or where it is no JSON
 * @param text the body as it came
 */
public record ApiAnswer(int status, String etag, JsonNode body, String text) {

  /** The member {@code id}; empty where there is none. */
  public String id() {
    return body.path("id").asString("");
  }
}
