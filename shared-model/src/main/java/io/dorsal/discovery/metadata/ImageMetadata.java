package io.dorsal.discovery.metadata;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The normalized values of one image or sidecar. Every value may be missing; strings are trimmed,
 * inner blanks collapsed.
 *
 * @param taken when it was taken: EXIF, else XMP, else IPTC; null if none is plausible
 * @param editorialDate what XMP (else IPTC) alone say about when it was taken
 * @param position where: EXIF, else XMP
 * @param width pixels; null if not declared or 0
 * @param height pixels; null if not declared or 0
 * @param orientation EXIF orientation, 1 to 8
 * @param imageUniqueId EXIF ImageUniqueID
 * @param documentId xmpMM:DocumentID
 * @param preview the largest JPEG embedded in a raw file
 */
public record ImageMetadata(
    @Nullable Taken taken,
    @Nullable Taken editorialDate,
    @Nullable Position position,
    Camera camera,
    Credit credit,
    Content content,
    Place place,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer orientation,
    @Nullable String imageUniqueId,
    @Nullable String documentId,
    @Nullable Preview preview) {

  /** Where a value came from. */
  public enum Origin {
    EXIF,
    MAKER_NOTE,
    XMP,
    IPTC,
    /** XMP of the sidecar beside the file. */
    SIDECAR
  }

  /**
   * A moment on the camera's clock.
   *
   * @param local wall time, to the second
   * @param subSeconds the digits after the second, as written; 1 to 9 of them
   * @param offset the zone offset written beside it
   * @param timeKnown false if only a day was written; {@code local} is then its midnight
   */
  public record Taken(
      LocalDateTime local,
      @Nullable String subSeconds,
      @Nullable ZoneOffset offset,
      boolean timeKnown,
      Origin origin) {}

  /**
   * A place on the globe.
   *
   * @param latitude degrees, north positive
   * @param longitude degrees, east positive
   * @param altitude metres above sea level
   * @param accuracy horizontal error in metres
   * @param timestamp the satellites' time
   */
  public record Position(
      double latitude,
      double longitude,
      @Nullable Double altitude,
      @Nullable Double accuracy,
      @Nullable Instant timestamp,
      Origin origin) {}

  /**
   * The device and its settings.
   *
   * @param focalLength millimetres
   * @param exposureTime seconds
   */
  public record Camera(
      @Nullable String make,
      @Nullable String model,
      @Nullable String serial,
      @Nullable Origin serialOrigin,
      @Nullable String ownerName,
      @Nullable String lensModel,
      @Nullable Double focalLength,
      @Nullable Double exposureTime,
      @Nullable Double fNumber,
      @Nullable Integer iso) {

    /** {@code make|model|serial}, empty where unknown; null if all three are. */
    public @Nullable String key() {
      if (make == null && model == null && serial == null) {
        return null;
      }
      return orEmpty(make) + "|" + orEmpty(model) + "|" + orEmpty(serial);
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }
  }

  /**
   * Who made it. Several names in one field are joined by {@code "; "}.
   *
   * @param artist EXIF Artist
   * @param byLine IPTC By-line
   * @param creator XMP dc:creator
   * @param photographer the one used: XMP over IPTC over EXIF; where all are silent, XMP
   *     tiff:Artist
   * @param origin where {@code photographer} came from
   */
  public record Credit(
      @Nullable String artist,
      @Nullable String byLine,
      @Nullable String creator,
      @Nullable String photographer,
      @Nullable Origin origin,
      @Nullable String copyright) {}

  /** What it shows; XMP over IPTC over EXIF. */
  public record Content(
      @Nullable String title,
      @Nullable String caption,
      List<String> keywords,
      List<String> hierarchicalKeywords) {
    public Content {
      keywords = List.copyOf(keywords);
      hierarchicalKeywords = List.copyOf(hierarchicalKeywords);
    }
  }

  /** The names of the place; XMP over IPTC. */
  public record Place(
      @Nullable String subLocation,
      @Nullable String city,
      @Nullable String state,
      @Nullable String country) {}

  /** An embedded JPEG: where it starts in the file, and its bytes. */
  public record Preview(long offset, long length) {}
}
