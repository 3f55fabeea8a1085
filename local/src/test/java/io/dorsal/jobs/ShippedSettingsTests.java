package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.work.QueueSettings;
import io.dorsal.work.WorkSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The times of section 2.2 and 2.8 that other tests shorten. */
class ShippedSettingsTests {

  @Test
  void workersShowThatTheyLiveEvery15SecondsAndAreLostAfter90() {
    WorkSettings settings =
        new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("dorsal", WorkSettings.class);
    assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.staleAfter()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void scanMessagesAreLockedForFiveMinutesAndDeliveredTenTimes() {
    assertThat(QueueSettings.declared())
        .filteredOn(queue -> queue.name().startsWith("scan-"))
        .hasSize(3)
        .allSatisfy(
            queue -> {
              assertThat(queue.lockDuration()).isEqualTo(Duration.parse("PT5M"));
              assertThat(queue.maxDeliveryCount()).isEqualTo(10);
            });
  }
}
