package io.dorsal.local.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The API answered, and the answer is no. */
public final class ApiRefusedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode problem;

  ApiRefusedException(String call, ApiAnswer answer) {
    super(message(call, answer));
    this.status = answer.status();
    this.problem = answer.body();
  }

  public int status() {
    return status;
  }

  /** The problem as it came; missing where the answer had none, e.g. from a proxy. */
  public JsonNode problem() {
    return problem;
  }

  /** A text member of the problem; empty where it has none. */
  public String member(String name) {
    return problem.path(name).asString("");
  }

  /** What is wrong with which member of the request, one line each. */
  public List<String> fields() {
    List<String> lines = new ArrayList<>();
    for (JsonNode field : problem.path("details").path("fields")) {
      lines.add(field.path("field").asString("") + ": " + field.path("message").asString(""));
    }
    return lines;
  }

  private static String message(String call, ApiAnswer answer) {
    JsonNode problem = answer.body();
    String what = call + " answered " + answer.status();
    return problem.isObject()
        ? what
            + " "
            + problem.path("code").asString("")
            + ": "
            + problem.path("detail").asString("")
            + " "
            + problem.path("fix").asString("")
        : what;
  }
}
