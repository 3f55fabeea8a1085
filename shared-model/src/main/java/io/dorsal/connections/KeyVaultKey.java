package io.dorsal.connections;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.util.Context;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An RSA key in Azure Key Vault: wraps by its newest version, unwraps by whichever a data key
 * names. The private key never leaves the vault. Dorsal's identity needs the role Key Vault Crypto
 * User on it.
 */
final class KeyVaultKey implements WrappingKey {

  private static final String ALGORITHM = "RSA-OAEP-256";
  private static final String VERSION = "?api-version=7.4";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String key;
  private final HttpPipeline pipeline;

  KeyVaultKey(URI key, TokenCredential identity, HttpClient http) {
    this.key = key.toString();
    String cloud = key.getHost().substring(key.getHost().indexOf('.') + 1);
    this.pipeline =
        new HttpPipelineBuilder()
            .httpClient(http)
            .policies(
                new RetryPolicy(),
                new BearerTokenAuthenticationPolicy(identity, "https://" + cloud + "/.default"))
            .build();
  }

  @Override
  public String newest() {
    JsonNode answer = answer(new HttpRequest(HttpMethod.GET, key + VERSION), "read the key");
    return answer.path("key").path("kid").stringValue("");
  }

  /** Only of this very key: no row of the database can send the identity's token elsewhere. */
  @Override
  public boolean opens(String keyId) {
    return keyId.startsWith(key + "/") && keyId.substring(key.length() + 1).matches("[0-9a-z]+");
  }

  @Override
  public Wrapped wrap(byte[] dataKey, String place) {
    JsonNode answer = asked(key, "wrapkey", dataKey);
    String version = answer.path("kid").stringValue("");
    if (!opens(version)) {
      throw new IllegalStateException("Key Vault wrapped with a key that was not asked for.");
    }
    return new Wrapped(version, value(answer));
  }

  @Override
  public byte[] unwrap(Wrapped wrapped, String place) {
    return value(asked(wrapped.keyId(), "unwrapkey", wrapped.bytes()));
  }

  private JsonNode asked(String version, String operation, byte[] value) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    var request =
        new HttpRequest(HttpMethod.POST, version + "/" + operation + VERSION)
            .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
            .setBody(JSON.writeValueAsString(Map.of("alg", ALGORITHM, "value", text)));
    return answer(request, operation);
  }

  private JsonNode answer(HttpRequest request, String operation) {
    try (var response = pipeline.sendSync(request, Context.NONE)) {
      if (response.getStatusCode() != 200) {
        throw new IllegalStateException(
            "Key Vault answered " + response.getStatusCode() + " to " + operation + ".");
      }
      return JSON.readTree(response.getBodyAsBinaryData().toBytes());
    }
  }

  private static byte[] value(JsonNode answer) {
    return Base64.getUrlDecoder().decode(answer.path("value").stringValue(""));
  }
}
