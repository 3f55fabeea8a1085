package io.dorsal.discovery.metadata;

import com.drew.metadata.Directory;
import io.dorsal.discovery.metadata.ImageMetadata.Camera;
import io.dorsal.discovery.metadata.ImageMetadata.Content;
import io.dorsal.discovery.metadata.ImageMetadata.Credit;
import io.dorsal.discovery.metadata.ImageMetadata.Origin;
import io.dorsal.discovery.metadata.ImageMetadata.Place;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what was found into the values that Dorsal works with, and notes what is implausible. */
final class Normalizer {

  private static final long LONGEST_SIDE = 65_500;
  private static final long MOST_PIXELS = 1_000_000_000;
  private static final int MOST_KEYWORDS = 500;

  private final Findings findings;

  private Normalizer(Findings findings) {
    this.findings = findings;
  }

  static ImageMetadata normalize(Findings findings, Clock clock) {
    return new Normalizer(findings).image(clock);
  }

  private ImageMetadata image(Clock clock) {
    Dates dates = new Dates(findings, clock);
    findings.size(dimension(0xA002), dimension(0xA003));
    checkSize();
    return new ImageMetadata(
        dates.taken(),
        dates.editorial(),
        new Positions(findings).position(),
        camera(),
        credit(),
        new Content(
            iptc("ObjectName"),
            firstOf(xmp("dc:description"), iptc("Caption-Abstract"), exif(0x010E)),
            keywords(),
            limited(findings.xmp.get("lr:hierarchicalSubject"))),
        new Place(
            firstOf(xmp("Iptc4xmpCore:Location"), iptc("Sub-location"), null),
            firstOf(xmp("photoshop:City"), iptc("City"), null),
            firstOf(xmp("photoshop:State"), iptc("Province-State"), null),
            firstOf(xmp("photoshop:Country"), iptc("Country-PrimaryLocationName"), null)),
        pixels(findings.width),
        pixels(findings.height),
        orientation(),
        exif(0xA420),
        xmp("xmpMM:DocumentID"),
        findings.preview);
  }

  /** Copies all raw values into the tag map, by their source. */
  static void copyTags(Findings findings) {
    ExifTags.copy(findings);
    copy("IPTC:", findings.iptc, findings.tags);
    copy("XMP:", findings.xmp, findings.tags);
  }

  private static void copy(String source, Map<String, List<String>> values, TagMap tags) {
    values.forEach((name, all) -> tags.put(source + name, String.join("; ", limited(all))));
  }

  private void checkSize() {
    boolean tooLong = findings.width > LONGEST_SIDE || findings.height > LONGEST_SIDE;
    if (tooLong || (double) findings.width * findings.height > MOST_PIXELS) {
      findings.notes.add(Note.DIMENSIONS_IMPLAUSIBLE);
    }
  }

  private Camera camera() {
    String serial = firstOf(exif(0xA431), exif(0xC62F), null);
    Origin origin = serial == null ? null : Origin.EXIF;
    if (serial == null) {
      serial = makerSerial();
      origin = serial == null ? null : Origin.MAKER_NOTE;
    }
    if (serial == null) {
      serial = firstOf(xmp("exifEX:BodySerialNumber"), xmp("aux:SerialNumber"), null);
      origin = serial == null ? null : Origin.XMP;
    }
    return new Camera(
        firstOf(exif(0x010F), xmp("tiff:Make"), null),
        firstOf(exif(0x0110), xmp("tiff:Model"), null),
        serial,
        origin,
        exif(0xA430),
        firstOf(exif(0xA434), xmp("aux:Lens"), null),
        number(0x920A),
        number(0x829A),
        number(0x829D),
        whole(number(0x8827)));
  }

  private @Nullable String makerSerial() {
    for (Directory directory : findings.exif.getDirectories()) {
      if (directory.getClass().getPackageName().endsWith(".makernotes")) {
        for (var tag : directory.getTags()) {
          Object value = directory.getObject(tag.getTagType());
          if (ExifTags.serial(tag.getTagName()) && value != null) {
            // Canon prints its numeric serials with ten digits.
            String text =
                value instanceof Long number ? "%010d".formatted(number) : ExifTags.text(value);
            if (text != null) {
              return text;
            }
          }
        }
      }
    }
    return null;
  }

  private Credit credit() {
    String artist = exif(0x013B);
    String byLine = joined(findings.iptc.get("By-line"));
    String creator = joined(findings.xmp.get("dc:creator"));
    // tiff:Artist only mirrors EXIF's artist: it names someone where nothing else does.
    String mirror = xmp("tiff:Artist");
    Origin origin = null;
    if (creator != null) {
      origin = Origin.XMP;
    } else if (byLine != null) {
      origin = Origin.IPTC;
    } else if (artist != null) {
      origin = Origin.EXIF;
    } else if (mirror != null) {
      origin = Origin.XMP;
    }
    return new Credit(
        artist,
        byLine,
        creator,
        firstOf(creator, byLine, firstOf(artist, mirror, null)),
        origin,
        firstOf(xmp("dc:rights"), iptc("CopyrightNotice"), exif(0x8298)));
  }

  private List<String> keywords() {
    List<String> subjects = findings.xmp.get("dc:subject");
    return limited(subjects != null ? subjects : findings.iptc.get("Keywords"));
  }

  private @Nullable Integer orientation() {
    Integer orientation = whole(number(0x0112));
    if (orientation == null) {
      String text = xmp("tiff:Orientation");
      orientation = text != null && text.matches("[1-8]") ? Integer.valueOf(text) : null;
    }
    return orientation != null && orientation >= 1 && orientation <= 8 ? orientation : null;
  }

  private long dimension(int tag) {
    Integer dimension = whole(number(tag));
    return dimension == null ? 0 : dimension;
  }

  private @Nullable Double number(int tag) {
    return ExifTags.number(ExifTags.value(findings, tag));
  }

  private static @Nullable Integer whole(@Nullable Double number) {
    return number == null || number < 0 || number > Integer.MAX_VALUE ? null : number.intValue();
  }

  private static @Nullable Integer pixels(long side) {
    return side <= 0 || side > Integer.MAX_VALUE ? null : (int) side;
  }

  private @Nullable String exif(int tag) {
    return ExifTags.text(ExifTags.value(findings, tag));
  }

  private @Nullable String iptc(String record) {
    List<String> values = findings.iptc.get(record);
    return values == null ? null : values.getFirst();
  }

  private @Nullable String xmp(String property) {
    List<String> values = findings.xmp.get(property);
    return values == null ? null : values.getFirst();
  }

  private static @Nullable String joined(@Nullable List<String> values) {
    return values == null ? null : Text.clean(String.join("; ", limited(values)));
  }

  private static List<String> limited(@Nullable List<String> values) {
    return values == null ? List.of() : values.subList(0, Math.min(values.size(), MOST_KEYWORDS));
  }

  private static @Nullable String firstOf(
      @Nullable String first, @Nullable String second, @Nullable String third) {
    return first != null ? first : second != null ? second : third;
  }
}
