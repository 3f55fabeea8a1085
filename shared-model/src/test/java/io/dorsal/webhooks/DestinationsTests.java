package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class DestinationsTests {

  private static Destinations destinations(WebhookSettings settings, Destinations.Names names) {
    var beans = new StaticListableBeanFactory();
    beans.addBean("names", names);
    return new Destinations(settings, beans.getBeanProvider(Destinations.Names.class));
  }

  private static Destinations shipped(Destinations.Names names) {
    return destinations(new WebhookSettings("local", false), names);
  }

  // 40-29
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.1.2.3/",
        "https://192.168.0.1/",
        "https://172.16.0.1/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "http://8.8.8.8/",
        "ftp://8.8.8.8/",
        "https://user@8.8.8.8/",
      })
  void whatIsNotOnTheInternetByHttpsIsRefused(String url) {
    assertThat(shipped(InetAddress::getAllByName).allows(URI.create(url))).isFalse();
  }

  @Test
  void anAddressOnTheInternetIsAllowed() throws UnknownHostException {
    URI url = URI.create("https://8.8.8.8:8443/hook");
    assertThat(shipped(InetAddress::getAllByName).addresses(url))
        .containsExactly(InetAddress.getByName("8.8.8.8"));
  }

  @Test
  void aNameIsRefusedWhereOneOfItsAddressesIs() {
    InetAddress[] both = {InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1")};
    assertThat(shipped(_ -> both).allows(URI.create("https://hooks.example/"))).isFalse();
    assertThat(
            shipped(
                    host -> {
                      throw new UnknownHostException(host);
                    })
                .allows(URI.create("https://hooks.example/")))
        .isFalse();
  }

  @Test
  void onlyALocalSettingOpensPrivateAddresses() {
    var open = destinations(new WebhookSettings("local", true), InetAddress::getAllByName);
    assertThat(open.allows(URI.create("http://127.0.0.1:8080/hook"))).isTrue();
    assertThatThrownBy(() -> new WebhookSettings("azure", true))
        .hasMessageContaining("DORSAL_WEBHOOK_PRIVATE_ADDRESSES");
  }
}
