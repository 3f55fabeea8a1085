package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.SecondHost;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.storage.StorageAccounts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40 §11 of functions: NOT_READY before they close, and no call is cut. */
@ExtendWith(ApiStack.Started.class)
class DrainIntegrationTests {

  private static Map<String, String> settings(ApiStack api) {
    String store = api.stack().containers().connectionString(StorageAccounts.STORE);
    return Map.of(
        "DORSAL_NOT_READY", "6s",
        "DORSAL_STORE_ENDPOINT", api.stack().containers().endpoint(StorageAccounts.STORE),
        "DORSAL_STORE_KEY", store.replaceFirst(".*AccountKey=([^;]+).*", "$1"));
  }

  @Test
  void aHostThatStopsSaysNotReadyServesOnAndLetsCallsEnd(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String tag = api.get("/admin/tenant", admin).tag();
    try (SecondHost host = SecondHost.beside(api.stack(), settings(api));
        Connection held = DriverManager.getConnection(api.stack().jdbcUrl())) {
      api.await(
          "it is ready",
          () -> call(api, host, "GET", "/ready", null).status() == 200 ? true : null);
      hold(held, tenant);
      CompletableFuture<Answer> saving =
          CompletableFuture.supplyAsync(
              () ->
                  api.callAt(
                      host.address(),
                      "PATCH",
                      "/admin/tenant",
                      admin,
                      "{\"settings\":{\"inactivity_days\":100}}",
                      "If-Match",
                      tag));
      waiting(api);

      host.end();
      Answer leaving =
          api.await(
              "it leaves",
              () -> {
                Answer ready = call(api, host, "GET", "/ready", null);
                return ready.at("/status").equals("NOT_READY") ? ready : null;
              });
      assertThat(leaving.status()).isEqualTo(503);
      assertThat(leaving.body().at("/checks/database").asBoolean()).isTrue();
      assertThat(call(api, host, "GET", "/me", admin).status()).isEqualTo(200);
      // Longer than load balancers need: no call is taken any more, and the one at work is waited
      // for.
      api.await(
          "it takes no more",
          () -> call(api, host, "GET", "/me", admin).status() == 503 ? true : null);
      assertThat(call(api, host, "GET", "/me", admin).at("/code")).isEqualTo("SERVICE_UNAVAILABLE");
      assertThat(host.lives()).isTrue();
      assertThat(saving).isNotDone();
      held.rollback();

      Answer saved = saving.join();
      assertThat(saved.status()).as(saved.text()).isEqualTo(200);
      api.await("it ends", () -> isAway(api, host) ? true : null);
    }
    assertThat(api.get("/admin/tenant", admin).at("/settings/inactivity_days")).isEqualTo("100");
  }

  private static Answer call(
      ApiStack api, SecondHost host, String method, String path, @Nullable String token) {
    return api.callAt(host.address(), method, path, token, null);
  }

  /** As somebody does who is at the same row. */
  private static void hold(Connection held, String tenant) throws Exception {
    held.setAutoCommit(false);
    try (var statement = held.createStatement()) {
      statement.execute(
          "select 1 from dorsal.tenant where id = '%s' for update"
              .formatted(TokenRequest.tenantId(tenant)));
    }
  }

  private static void waiting(ApiStack api) {
    api.await(
        "the call is at work",
        () ->
            api.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'").isEmpty()
                ? null
                : true);
  }

  private static boolean isAway(ApiStack api, SecondHost host) {
    try {
      call(api, host, "GET", "/health", null);
      return false;
    } catch (IllegalStateException | java.io.UncheckedIOException e) {
      return true;
    }
  }
}
