package io.dorsal.jobs.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ContentsSettingsTests {

  @Test
  void defaults() {
    assertThat(bound(Map.of()))
        .isEqualTo(new ContentsSettings(2, DataSize.ofMegabytes(192), Duration.ofMinutes(2), null));
  }

  @Test
  void refusesWhatCannotWork() {
    refused("processes", "0", "DORSAL_CONTENTS_PROCESSES");
    refused("processes", "9", "DORSAL_CONTENTS_PROCESSES");
    refused("heap", "32MB", "DORSAL_CONTENTS_HEAP");
    refused("time", "0s", "DORSAL_CONTENTS_TIME");
    refused("id-pattern", "T(", "DORSAL_CONTENTS_ID_PATTERN");
  }

  private static void refused(String name, String value, String setting) {
    assertThatThrownBy(() -> bound(Map.of("dorsal.contents." + name, value)))
        .hasStackTraceContaining(setting);
  }

  private static ContentsSettings bound(Map<String, Object> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("dorsal.contents", Bindable.of(ContentsSettings.class));
  }
}
