package io.dorsal.discovery.metadata;

import io.dorsal.discovery.metadata.ImageMetadata.Camera;
import io.dorsal.discovery.metadata.ImageMetadata.Content;
import io.dorsal.discovery.metadata.ImageMetadata.Credit;
import io.dorsal.discovery.metadata.ImageMetadata.Origin;
import io.dorsal.discovery.metadata.ImageMetadata.Place;
import io.dorsal.discovery.metadata.ImageMetadata.Position;
import io.dorsal.discovery.metadata.ImageMetadata.Taken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a sidecar's XMP in the place of the XMP inside a file: before it, and after EXIF where EXIF
 * goes first.
 */
public final class Sidecars {

  private Sidecars() {}

  /**
   * The values of the file and its sidecar together; those of the sidecar have the origin SIDECAR
   * where origins are kept.
   */
  public static ImageMetadata merge(ImageMetadata own, ImageMetadata sidecar) {
    return new ImageMetadata(
        taken(own.taken(), sidecar.taken()),
        sidecar.editorialDate() == null ? own.editorialDate() : said(sidecar.editorialDate()),
        position(own.position(), sidecar.position()),
        camera(own.camera(), sidecar.camera()),
        credit(own.credit(), sidecar.credit()),
        new Content(
            first(own.content().title(), sidecar.content().title()),
            first(sidecar.content().caption(), own.content().caption()),
            filled(sidecar.content().keywords(), own.content().keywords()),
            filled(sidecar.content().hierarchicalKeywords(), own.content().hierarchicalKeywords())),
        new Place(
            first(sidecar.place().subLocation(), own.place().subLocation()),
            first(sidecar.place().city(), own.place().city()),
            first(sidecar.place().state(), own.place().state()),
            first(sidecar.place().country(), own.place().country())),
        first(own.width(), sidecar.width()),
        first(own.height(), sidecar.height()),
        first(own.orientation(), sidecar.orientation()),
        own.imageUniqueId(),
        first(sidecar.documentId(), own.documentId()),
        own.preview());
  }

  private static @Nullable Taken taken(@Nullable Taken own, @Nullable Taken sidecar) {
    boolean stays = own != null && own.origin() == Origin.EXIF;
    return stays || sidecar == null ? own : said(sidecar);
  }

  private static Taken said(Taken sidecar) {
    return new Taken(
        sidecar.local(),
        sidecar.subSeconds(),
        sidecar.offset(),
        sidecar.timeKnown(),
        Origin.SIDECAR);
  }

  private static @Nullable Position position(@Nullable Position own, @Nullable Position sidecar) {
    if (sidecar == null || (own != null && own.origin() == Origin.EXIF)) {
      return own;
    }
    return new Position(
        sidecar.latitude(),
        sidecar.longitude(),
        sidecar.altitude(),
        sidecar.accuracy(),
        sidecar.timestamp(),
        Origin.SIDECAR);
  }

  private static Camera camera(Camera own, Camera sidecar) {
    boolean other =
        sidecar.serial() != null && (own.serial() == null || own.serialOrigin() == Origin.XMP);
    return new Camera(
        first(own.make(), sidecar.make()),
        first(own.model(), sidecar.model()),
        other ? sidecar.serial() : own.serial(),
        other ? Origin.SIDECAR : own.serialOrigin(),
        first(own.ownerName(), sidecar.ownerName()),
        first(own.lensModel(), sidecar.lensModel()),
        first(own.focalLength(), sidecar.focalLength()),
        first(own.exposureTime(), sidecar.exposureTime()),
        first(own.fNumber(), sidecar.fNumber()),
        first(own.iso(), sidecar.iso()));
  }

  private static Credit credit(Credit own, Credit sidecar) {
    boolean other =
        sidecar.photographer() != null && (sidecar.creator() != null || own.photographer() == null);
    return new Credit(
        own.artist(),
        own.byLine(),
        first(sidecar.creator(), own.creator()),
        other ? sidecar.photographer() : own.photographer(),
        other ? Origin.SIDECAR : own.origin(),
        first(sidecar.copyright(), own.copyright()));
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one != null ? one : other;
  }

  private static List<String> filled(List<String> one, List<String> other) {
    return one.isEmpty() ? other : one;
  }
}
