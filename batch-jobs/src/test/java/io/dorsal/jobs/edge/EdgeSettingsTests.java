package io.dorsal.jobs.edge;

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

class EdgeSettingsTests {

  @Test
  void defaults() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new EdgeSettings("0.0.0.0", 8080, Duration.ofSeconds(15), Duration.ofHours(1), 500));
  }

  @ParameterizedTest
  @CsvSource({
    "DORSAL_EDGE_PORT, 65536",
    "DORSAL_EDGE_HEARTBEAT, 0s",
    "DORSAL_EDGE_LONGEST, 0s",
    "DORSAL_EDGE_STREAMS, 0",
  })
  void valuesOutOfBoundsStopTheStartAndNameTheSetting(String name, String value) {
    assertThatThrownBy(() -> bound(Map.of(name, value))).rootCause().hasMessageContaining(name);
  }

  private static EdgeSettings bound(Map<String, Object> environment) {
    var standard = new StandardEnvironment();
    var sources = standard.getPropertySources();
    sources.forEach(source -> sources.remove(source.getName()));
    sources.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.from(sources))
        .bindOrCreate("dorsal.edge", Bindable.of(EdgeSettings.class));
  }
}
