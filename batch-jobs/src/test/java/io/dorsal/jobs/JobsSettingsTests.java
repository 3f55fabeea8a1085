package io.dorsal.jobs;

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

class JobsSettingsTests {

  @Test
  void defaultsAreThoseOfTheSpecification() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new JobsSettings(
                4,
                16,
                Duration.ofMinutes(5),
                Duration.ofSeconds(12),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1)));
  }

  @Test
  void environmentSetsThem() {
    assertThat(
            bound(
                Map.of(
                    "DORSAL_JOBS_PARTITIONS", "16",
                    "DORSAL_JOBS_READS", "64",
                    "DORSAL_JOBS_PATIENCE", "10s",
                    "DORSAL_JOBS_DRAIN", "1s",
                    "DORSAL_JOBS_WATCH", "500ms",
                    "DORSAL_JOBS_PAUSE", "50ms")))
        .isEqualTo(
            new JobsSettings(
                16,
                64,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofMillis(50)));
  }

  @ParameterizedTest
  @CsvSource({
    "DORSAL_JOBS_PARTITIONS, 0",
    "DORSAL_JOBS_PARTITIONS, 17",
    "DORSAL_JOBS_READS, 0",
    "DORSAL_JOBS_READS, 65",
    "DORSAL_JOBS_PATIENCE, -1s",
    "DORSAL_JOBS_DRAIN, 15s",
    "DORSAL_JOBS_DRAIN, -1s",
    "DORSAL_JOBS_WATCH, 0s",
    "DORSAL_JOBS_WATCH, 11s",
    "DORSAL_JOBS_PAUSE, -1s",
    "DORSAL_JOBS_PAUSE, 11s",
  })
  void valuesOutOfBoundsStopTheStartAndNameTheSetting(String name, String value) {
    assertThatThrownBy(() -> bound(Map.of(name, value))).rootCause().hasMessageContaining(name);
  }

  private static JobsSettings bound(Map<String, Object> environment) {
    var standard = new StandardEnvironment();
    var sources = standard.getPropertySources();
    sources.forEach(source -> sources.remove(source.getName()));
    sources.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.from(sources))
        .bindOrCreate("dorsal.jobs", Bindable.of(JobsSettings.class));
  }
}
