package io.dorsal.discovery.metadata;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.metadata.ImageMetadata.Camera;
import io.dorsal.discovery.metadata.ImageMetadata.Content;
import io.dorsal.discovery.metadata.ImageMetadata.Credit;
import io.dorsal.discovery.metadata.ImageMetadata.Origin;
import io.dorsal.discovery.metadata.ImageMetadata.Place;
import io.dorsal.discovery.metadata.ImageMetadata.Taken;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Section 2.4: a sidecar wins over embedded XMP, and over nothing else that goes before XMP. */
class SidecarsTests {

  private static final LocalDateTime DAY = LocalDateTime.of(2024, 5, 1, 10, 0);

  @Test
  void sidecarWinsOverEmbeddedXmp() {
    ImageMetadata merged =
        Sidecars.merge(
            image(Origin.XMP, DAY, "Ann", "SER1", "Bay"),
            image(Origin.XMP, DAY.plusDays(1), "Bea", "SER2", null));
    assertThat(requireNonNull(merged.taken()).local()).isEqualTo(DAY.plusDays(1));
    assertThat(requireNonNull(merged.taken()).origin()).isEqualTo(Origin.SIDECAR);
    assertThat(merged.credit().photographer()).isEqualTo("Bea");
    assertThat(merged.credit().origin()).isEqualTo(Origin.SIDECAR);
    assertThat(merged.camera().serial()).isEqualTo("SER2");
    assertThat(merged.camera().serialOrigin()).isEqualTo(Origin.SIDECAR);
    assertThat(merged.place().city()).isEqualTo("Bay");
    assertThat(merged.content().keywords()).containsExactly("Bea");
  }

  @Test
  void exifStaysWhereItGoesBeforeXmp() {
    ImageMetadata own = image(Origin.EXIF, DAY, null, "SER1", null);
    ImageMetadata merged =
        Sidecars.merge(own, image(Origin.XMP, DAY.plusDays(1), null, "SER2", null));
    assertThat(merged.taken()).isEqualTo(own.taken());
    assertThat(merged.camera()).isEqualTo(own.camera());
    assertThat(merged.credit().origin()).isNull();
  }

  private static ImageMetadata image(
      Origin origin,
      LocalDateTime taken,
      @Nullable String creator,
      String serial,
      @Nullable String city) {
    return new ImageMetadata(
        new Taken(taken, null, null, true, origin),
        null,
        null,
        new Camera(null, null, serial, origin, null, null, null, null, null, null),
        new Credit(null, null, creator, creator, creator == null ? null : origin, null),
        new Content(null, null, creator == null ? List.of() : List.of(creator), List.of()),
        new Place(null, city, null, null),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
