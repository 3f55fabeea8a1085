package io.dorsal.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What leaves no house in a support bundle. */
class ScrubberTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail to jane.doe+orca@example.org now",
        "jane.doe%40example.org",
        "seen at 48.51234, -123.15678 by a boat",
        "seen at 48.51 -123.15",
        "latitude=48.5",
        "\"GPSLongitude\": -123.15",
        "{\"lat\":48.5,\"lng\":-123.15}",
        "48°30'45.2\" N",
        "Bearer abcdefghijklmnop",
        "token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl was sent",
        "key dk_abcdefgh_0123456789012345678901234567890123456789012",
        "https://a.blob.core.windows.net/c/b?sv=2024&sig=planted%2Bsecret",
        "AccountKey=planted/secret==;EndpointSuffix=x",
        "x-value 48.512345"
      })
  void secretsAddressesAndPlacesAreHidden(String text) {
    assertThat(Scrubber.clean(text))
        .doesNotContain(
            "jane.doe",
            "48.5",
            "123.15",
            "45.2",
            "abcdefghijklmnop",
            "eyJ",
            "012345678",
            "planted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T04:05:38.123456Z",
        "GET scans/{id} 404 12 ms",
        "10.0.12.7 answered in 3.5 s",
        "00-d599bc2b923c99e1b05423caf9b7875b-a86900359e94108a-01",
        "PostgreSQL 18.6, Java 25.0.1+8",
        "0195b0c7-5f6e-7cc0-8f00-0123456789ab"
      })
  void whatFindsAFaultStays(String text) {
    assertThat(Scrubber.clean(text)).isEqualTo(text);
  }

  @Test
  void numbersAreHiddenByTheirNames() {
    var clean =
        Scrubber.clean(
            JsonMapper.shared()
                .readTree(
                    """
                    {"latitude": 48, "x": 48.512345, "api_key": "abc", "count": 132565,
                     "ratio": 0.5, "inner": [{"email": "none"}], "ok": true, "none": null}
                    """));
    assertThat(clean.toString())
        .isEqualTo(
            "{\"latitude\":\"***\",\"x\":\"***\",\"api_key\":\"***\",\"count\":132565,"
                + "\"ratio\":0.5,\"inner\":[{\"email\":\"***\"}],\"ok\":true,\"none\":null}");
  }

  @Test
  void settingsWithSecretsShowThatTheyAreSetOnly() {
    assertThat(Scrubber.setting("DORSAL_SERVICEBUS_CONNECTION", "Endpoint=x")).isEqualTo("***");
    assertThat(Scrubber.setting("DORSAL_STORE_KEY", "")).isEmpty();
    assertThat(Scrubber.setting("DORSAL_HEARTBEAT", "15s")).isEqualTo("15s");
  }
}
