package io.dorsal.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SignInRulesTests {

  private static SignInRules rules(String settings) {
    var chosen = (ObjectNode) JsonMapper.shared().readTree(settings);
    var settled = new Settled(chosen, JsonMapper.shared().createObjectNode(), List.of());
    return SignInRules.of(TenantSettings.of(settled.inForce(Instant.EPOCH)));
  }

  @Test
  void emptySettingsHaveTheDefaults() {
    SignInRules rules = rules("{}");
    assertThat(rules.jitProvisioning()).isTrue();
    assertThat(rules.allowedEmailDomains()).isEmpty();
    assertThat(rules.requireMfa()).isFalse();
    assertThat(rules.admit(null)).isTrue();
  }

  @Test
  void onlyPeopleOfAllowedDomainsAreAdmitted() {
    SignInRules rules = rules("{\"allowed_email_domains\":[\"Whales.example\"]}");
    assertThat(rules.admit("ann@whales.EXAMPLE")).isTrue();
    assertThat(rules.admit("ann@evil-whales.example")).isFalse();
    assertThat(rules.admit("whales.example@evil.example")).isFalse();
    assertThat(rules.admit(null)).isFalse();
    assertThat(rules("{\"jit_provisioning\":false}").admit("ann@whales.example")).isFalse();
  }
}
