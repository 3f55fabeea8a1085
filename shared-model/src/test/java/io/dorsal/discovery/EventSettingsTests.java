package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EventSettingsTests {

  @Test
  void defaultsAreThoseOfTheSpecification() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new EventSettings(
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                100,
                Duration.ofHours(24)));
  }

  @Test
  void environmentSetsThem() {
    assertThat(
            bound(
                Map.of(
                    "DORSAL_EVENTS_QUIET", "2s",
                    "DORSAL_EVENTS_LONGEST_WAIT", "9s",
                    "DORSAL_EVENTS_APART", "0s",
                    "DORSAL_EVENTS_MOST_PREFIXES", "3",
                    "DORSAL_EVENTS_REMEMBERED", "1h")))
        .isEqualTo(
            new EventSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(9),
                Duration.ZERO,
                3,
                Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "DORSAL_EVENTS_QUIET, 0s",
    "DORSAL_EVENTS_LONGEST_WAIT, 59s",
    "DORSAL_EVENTS_APART, -1s",
    "DORSAL_EVENTS_MOST_PREFIXES, 0",
    "DORSAL_EVENTS_REMEMBERED, 0s",
  })
  void valuesOutOfBoundsStopTheStartAndNameTheSetting(String name, String value) {
    assertThatThrownBy(() -> bound(Map.of(name, value))).rootCause().hasMessageContaining(name);
  }

  private static EventSettings bound(Map<String, Object> environment) {
    var standard = new StandardEnvironment();
    var sources = standard.getPropertySources();
    sources.forEach(source -> sources.remove(source.getName()));
    sources.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.from(sources))
        .bindOrCreate("dorsal.events", Bindable.of(EventSettings.class));
  }
}
