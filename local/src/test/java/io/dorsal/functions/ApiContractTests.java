package io.dorsal.functions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What holds all answers against the description lets none pass that differs. */
class ApiContractTests {

  private final ApiContract contract =
      new ApiContract(
          JsonMapper.shared()
              .readTree(
                  """
                  {"paths": {"/things/{id}": {"get": {"responses": {
                      "200": {"content": {"application/json": {"schema":
                          {"$ref": "#/components/schemas/Thing"}}}},
                      "204": {"description": "Nothing"}}}}},
                   "components": {"schemas": {
                      "Thing": {"type": "object", "required": ["part"], "properties":
                          {"part": {"$ref": "#/components/schemas/Part"}}},
                      "Part": {"type": "object", "required": ["size"], "properties":
                          {"size": {"type": "integer"}}}}}}
                  """));

  private ThrowingCallable answer(int status, String type, String text) {
    return () -> contract.check("GET", "/things/1", status, type, text);
  }

  @Test
  void answersAreAsTheyAreDescribed() {
    assertThatCode(answer(200, "application/json", "{\"part\": {\"size\": 1}}"))
        .doesNotThrowAnyException();
    assertThatCode(answer(204, "application/json", "")).doesNotThrowAnyException();
  }

  @Test
  void whatDiffersAnywhereIsFound() {
    assertThatThrownBy(answer(200, "application/json", "{\"part\": {\"size\": \"1\"}}"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(answer(200, "application/json", "{\"part\": {\"size\": 1, \"more\": 2}}"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(answer(200, "application/json", "{}")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(answer(200, "text/plain", "x")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(answer(409, "application/json", "{}")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(answer(204, "application/json", "x")).isInstanceOf(AssertionError.class);
  }
}
