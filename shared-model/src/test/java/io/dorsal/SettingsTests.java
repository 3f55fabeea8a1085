package io.dorsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.AccessSettings;
import io.dorsal.access.RequestSettings;
import io.dorsal.access.SignInSettings;
import io.dorsal.accounts.AccountSettings;
import io.dorsal.connections.ConnectionSettings;
import io.dorsal.connections.StoreSettings;
import io.dorsal.mail.MailSettings;
import io.dorsal.webhooks.WebhookSettings;
import io.dorsal.work.WorkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The defaults are a promise to operators: whoever changes one changes it here, too. */
class SettingsTests {

  @Test
  void requests() {
    assertThat(bound(RequestSettings.class, Map.of()))
        .isEqualTo(new RequestSettings(Duration.ofSeconds(30), true, 0));
    assertThat(
            bound(
                RequestSettings.class,
                Map.of(
                    "DORSAL_REQUEST_TIMEOUT", "3s",
                    "DORSAL_RATE_LIMITS", "false",
                    "DORSAL_TRUSTED_PROXIES", "2")))
        .isEqualTo(new RequestSettings(Duration.ofSeconds(3), false, 2));
  }

  @Test
  void webhooks() {
    assertThat(bound(WebhookSettings.class, Map.of()))
        .isEqualTo(new WebhookSettings("azure", false));
    assertThat(
            bound(
                WebhookSettings.class,
                Map.of("DORSAL_PROFILE", "local", "DORSAL_WEBHOOK_PRIVATE_ADDRESSES", "true")))
        .isEqualTo(new WebhookSettings("local", true));
  }

  @Test
  void mail() {
    assertThat(bound(MailSettings.class, Map.of()))
        .isEqualTo(new MailSettings("azure", null, null));
    assertThat(
            bound(
                MailSettings.class,
                Map.of("DORSAL_MAIL_URL", "smtp://relay", "DORSAL_MAIL_FROM", "d@x.example")))
        .isEqualTo(new MailSettings("azure", "smtp://relay", "d@x.example"));
  }

  @Test
  void signIn() {
    assertThat(bound(SignInSettings.class, Map.of()))
        .isEqualTo(
            new SignInSettings("azure", "dorsal-console", List.of("openid", "profile", "email")));
    assertThat(
            bound(
                SignInSettings.class,
                Map.of("DORSAL_OIDC_CLIENT_ID", "other", "DORSAL_OIDC_SCOPES", "openid,groups")))
        .isEqualTo(new SignInSettings("azure", "other", List.of("openid", "groups")));
  }

  @Test
  void access() {
    assertThat(bound(AccessSettings.class, Map.of()))
        .isEqualTo(
            new AccessSettings(
                null, null, null, "dorsal-api", Set.of("RS256", "ES256"), 300, true, 30, 60));
    var set =
        bound(
            AccessSettings.class,
            Map.of(
                "DORSAL_OIDC_URL", "https://id.example",
                "DORSAL_JWT_ISSUER", "https://login.example",
                "DORSAL_JWKS_URL", "https://id.example/keys",
                "DORSAL_JWT_AUDIENCE", "other",
                "DORSAL_JWT_ALGORITHMS", "ES256",
                "DORSAL_JWKS_CACHE_SECONDS", "30",
                "DORSAL_JWKS_REFETCH_ON_UNKNOWN_KID", "false",
                "DORSAL_JWKS_REFETCH_COOLDOWN_SECONDS", "5",
                "DORSAL_JWT_CLOCK_SKEW_SECONDS", "0"));
    assertThat(set)
        .isEqualTo(
            new AccessSettings(
                "https://id.example",
                "https://login.example",
                "https://id.example/keys",
                "other",
                Set.of("ES256"),
                30,
                false,
                5,
                0));
    assertThat(set.issuer()).isEqualTo("https://login.example");
  }

  @Test
  void expectedIssuerIsTheProviderUnlessAnotherIsSet() {
    assertThat(
            bound(AccessSettings.class, Map.of("DORSAL_OIDC_URL", "https://id.example")).issuer())
        .isEqualTo("https://id.example");
    AccessSettings nothing = bound(AccessSettings.class, Map.of());
    assertThatThrownBy(nothing::issuer).hasMessageContaining("DORSAL_OIDC_URL");
  }

  @Test
  void accounts() {
    assertThat(bound(AccountSettings.class, Map.of()))
        .isEqualTo(
            new AccountSettings(Duration.ofSeconds(3), Set.of("dorsal-console", "dorsal-cli")));
    assertThat(
            bound(
                AccountSettings.class,
                Map.of("DORSAL_ACCESS_CACHE", "0s", "DORSAL_FIRST_PARTY_CLIENTS", "web,tool")))
        .isEqualTo(new AccountSettings(Duration.ZERO, Set.of("web", "tool")));
    assertThatThrownBy(() -> new AccountSettings(Duration.ofSeconds(6), Set.of()))
        .hasMessageContaining("DORSAL_ACCESS_CACHE");
  }

  @Test
  void connections() {
    assertThat(bound(ConnectionSettings.class, Map.of()))
        .isEqualTo(
            new ConnectionSettings(
                "azure", Path.of(".dorsal/keys/vault.key"), List.of(), Duration.ofSeconds(30)));
  }

  @Test
  void store() {
    var nothing = store(Map.of());
    assertThat(nothing).isEqualTo(new StoreSettings(null, null, "dorsal"));
    var set =
        store(
            Map.of(
                "DORSAL_STORE_ENDPOINT", "https://own.blob.core.windows.net",
                "DORSAL_STORE_KEY", "secret",
                "DORSAL_STORE_CONTAINER", "other"));
    assertThat(set)
        .isEqualTo(new StoreSettings("https://own.blob.core.windows.net", "secret", "other"));
    assertThat(set.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> store(Map.of("DORSAL_STORE_CONTAINER", "No Name")))
        .rootCause()
        .hasMessageContaining("DORSAL_STORE_CONTAINER");
  }

  private static StoreSettings store(Map<String, Object> environment) {
    return bound("dorsal.store", StoreSettings.class, environment);
  }

  @Test
  void work() {
    assertThat(bound(WorkSettings.class, Map.of()))
        .isEqualTo(
            new WorkSettings(
                new WorkSettings.Servicebus(null),
                null,
                Duration.ofSeconds(15),
                Duration.ofSeconds(90)));
    WorkSettings set =
        bound(WorkSettings.class, Map.of("DORSAL_SERVICEBUS_CONNECTION", "Endpoint=sb://secret"));
    assertThat(set.servicebus().requiredConnection()).isEqualTo("Endpoint=sb://secret");
    assertThat(set.toString()).doesNotContain("secret");
    var none = new WorkSettings.Servicebus(" ");
    assertThatThrownBy(none::requiredConnection)
        .hasMessageContaining("DORSAL_SERVICEBUS_CONNECTION");
  }

  @ParameterizedTest
  @CsvSource({
    "access, DORSAL_JWT_AUDIENCE, ' '",
    "access, DORSAL_JWKS_CACHE_SECONDS, 29",
    "access, DORSAL_JWKS_CACHE_SECONDS, 3601",
    "access, DORSAL_JWT_CLOCK_SKEW_SECONDS, -1",
    "access, DORSAL_JWT_CLOCK_SKEW_SECONDS, 301",
    "work, DORSAL_STALE_AFTER, 15s",
    "work, DORSAL_HEARTBEAT, 0s",
    "connections, DORSAL_STORAGE_TIMEOUT, 0s",
    "connections, DORSAL_PROFILE, production",
  })
  void valuesOutOfBoundsStopTheStartAndNameTheSetting(String room, String name, String value) {
    Class<?> settings =
        switch (room) {
          case "access" -> AccessSettings.class;
          case "work" -> WorkSettings.class;
          default -> ConnectionSettings.class;
        };
    assertThatThrownBy(() -> bound(settings, Map.of(name, value)))
        .rootCause()
        .hasMessageContaining(name);
  }

  private static <T> T bound(Class<T> type, Map<String, Object> environment) {
    return bound("dorsal", type, environment);
  }

  private static <T> T bound(String prefix, Class<T> type, Map<String, Object> environment) {
    var standard = new StandardEnvironment();
    var sources = standard.getPropertySources();
    sources.forEach(source -> sources.remove(source.getName()));
    sources.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.from(sources))
        .bindOrCreate(prefix, Bindable.of(type));
  }
}
