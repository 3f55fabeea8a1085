package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40-6: what the provider says of a user ends all that opens by them, open streams as well. */
@ExtendWith(ApiStack.Started.class)
class KeptOutIntegrationTests {

  private final String tenant = ApiStack.tenant();

  @Test
  void keyAndStreamEndWithTheProvidersWordThatTheUserIsDeactivated(ApiStack api) throws Exception {
    endBy(api, "user.deactivated", "SUSPENDED");
  }

  @Test
  void keyAndStreamEndWithTheProvidersWordThatTheUserIsDeleted(ApiStack api) throws Exception {
    endBy(api, "user.deleted", "DELETED");
  }

  private void endBy(ApiStack api, String event, String status) throws Exception {
    String admin = api.token(tenant, "TENANT_ADMIN");
    String viewer = api.token(tenant, "VIEWER");
    String key =
        api.post(
                "/api-keys",
                viewer,
                "{\"name\":\"K\",\"kind\":\"USER\",\"scopes\":[\"onboarding:read\"]}")
            .at("/key");
    String source = api.source(admin, api.archive(5));
    // Nothing ends the stream but the event.
    api.stack().stop("worker-1");
    try {
      String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      try (InputStream byToken = stream(api, scan, viewer);
          InputStream byKey = stream(api, scan, key)) {
        tell(api, event);
        long begin = System.nanoTime();
        byToken.readAllBytes();
        byKey.readAllBytes();
        for (String credential : List.of(viewer, key)) {
          Answer refused =
              api.await(
                  "the credential opens nothing",
                  () -> {
                    Answer now = api.get("/scans", credential);
                    return now.status() == 403 ? now : null;
                  });
          assertThat(refused.at("/code")).isEqualTo("AUTHZ_USER_SUSPENDED");
          assertThat(refused.at("/details/status")).isEqualTo(status);
          assertThat(refused.at("/details/deactivated_via")).isEqualTo("IDENTITY_WEBHOOK");
        }
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
      }
    } finally {
      api.stack().cont("worker-1");
    }
  }

  private void tell(ApiStack api, String event) {
    String body =
        """
        {"type":"%s","tenant_id":"%s","sequence":1,"occurred_at":"%s","user":{"subject":"%s"}}
        """
            .formatted(
                event,
                TokenRequest.tenantId(tenant),
                Instant.now(),
                TokenRequest.of(tenant, "VIEWER").subject());
    String id = UUID.randomUUID().toString();
    Answer told = IdentityProviderForTests.tell(api, id, body, IdentityProviderForTests.now());
    assertThat(told.status()).as(told.text()).isEqualTo(204);
  }

  /** A stream that has begun. */
  private static InputStream stream(ApiStack api, String scan, String credential)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(api.stack().api() + "/api/v1/scans/" + scan + "/events"))
            .header("Authorization", "Bearer " + credential)
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().read()).isPositive();
    return answer.body();
  }
}
