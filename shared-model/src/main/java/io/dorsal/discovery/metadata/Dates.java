package io.dorsal.discovery.metadata;

import io.dorsal.discovery.metadata.ImageMetadata.Origin;
import io.dorsal.discovery.metadata.ImageMetadata.Taken;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When an image was taken, from whichever field says it plausibly first. */
final class Dates {

  private static final LocalDateTime EARLIEST = LocalDate.of(1900, 1, 1).atStartOfDay();
  // Clocks ahead of UTC by up to 14 hours, and cameras set half a day wrong, are still believed.
  private static final Duration AHEAD = Duration.ofHours(26);
  private static final LocalTime RESET_UNTIL = LocalTime.of(0, 10);

  // EXIF 2.32 4.6.5 (blanks and dashes are seen too); ISO 8601 as XMP part 1, 8.2.1.1 cuts it.
  private static final Pattern EXIF =
      Pattern.compile(
          "(\\d{4})[:/-](\\d{1,2})[:/-](\\d{1,2})[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}).*)?");
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?"
              + "(Z|[+-]\\d{2}:?\\d{2})?)?)?)?");
  private static final Pattern IPTC_DATE = Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})");
  private static final Pattern IPTC_TIME =
      Pattern.compile("(\\d{2}):?(\\d{2}):?(\\d{2})([+-]\\d{2}:?\\d{2})?");

  private static final Pattern OFFSET = Pattern.compile("Z|[+-]\\d{2}:?\\d{2}");

  private final Findings findings;
  private final LocalDateTime latest;

  Dates(Findings findings, Clock clock) {
    this.findings = findings;
    this.latest = LocalDateTime.ofInstant(clock.instant().plus(AHEAD), ZoneOffset.UTC);
  }

  /** EXIF's original date, its digitized date, XMP's three dates, IPTC's; the first plausible. */
  @Nullable Taken taken() {
    Taken taken = plausible(exif(0x9003, 0x9291, 0x9011));
    taken = taken != null ? taken : plausible(exif(0x9004, 0x9292, 0x9012));
    taken = taken != null ? taken : editorial("exif:DateTimeOriginal", "photoshop:DateCreated");
    taken = taken != null ? taken : editorial("xmp:CreateDate");
    if (taken != null && suspect(taken)) {
      findings.notes.add(Note.CLOCK_SUSPECT);
    }
    return taken;
  }

  /** What people's software wrote: the XMP dates, then IPTC's. */
  @Nullable Taken editorial() {
    return editorial("photoshop:DateCreated", "exif:DateTimeOriginal", "xmp:CreateDate");
  }

  private @Nullable Taken editorial(String... properties) {
    for (String property : properties) {
      Taken taken = plausible(iso(findings.xmp.get(property)));
      if (taken != null) {
        return taken;
      }
    }
    boolean last = properties[properties.length - 1].equals("xmp:CreateDate");
    return last ? plausible(iptc()) : null;
  }

  private @Nullable Taken plausible(@Nullable Taken taken) {
    if (taken == null) {
      return null;
    }
    if (taken.local().isBefore(EARLIEST) || taken.local().isAfter(latest)) {
      findings.notes.add(Note.DATE_IMPLAUSIBLE);
      return null;
    }
    return taken;
  }

  private static boolean suspect(Taken taken) {
    LocalDateTime local = taken.local();
    int year = local.getYear();
    return taken.timeKnown()
        && local.getDayOfYear() == 1
        && !local.toLocalTime().isAfter(RESET_UNTIL)
        && (year == 1970 || year == 1980 || (year >= 2000 && year <= 2020));
  }

  private @Nullable Taken exif(int dateTag, int subSecondsTag, int offsetTag) {
    String text = ExifTags.text(ExifTags.value(findings, dateTag));
    Matcher date = text == null ? null : EXIF.matcher(text);
    if (date == null || !date.matches()) {
      return null;
    }
    LocalDateTime local = local(date);
    Object offset = ExifTags.value(findings, offsetTag);
    offset = offset != null ? offset : ExifTags.value(findings, 0x9010);
    return local == null
        ? null
        : new Taken(
            local,
            digits(ExifTags.text(ExifTags.value(findings, subSecondsTag))),
            offset(ExifTags.text(offset)),
            true,
            Origin.EXIF);
  }

  private static @Nullable Taken iso(@Nullable List<String> values) {
    Matcher date = values == null ? null : ISO.matcher(values.getFirst());
    if (date == null || !date.matches()) {
      return null;
    }
    LocalDateTime local = local(date);
    // A year or a month is no day: encounters are counted by the day.
    return local == null || date.group(3) == null
        ? null
        : new Taken(local, date.group(7), offset(date.group(8)), date.group(4) != null, Origin.XMP);
  }

  private @Nullable Taken iptc() {
    Matcher date = matcher(IPTC_DATE, "DateCreated");
    LocalDateTime day = date == null ? null : local(date);
    if (day == null) {
      return null;
    }
    Matcher time = matcher(IPTC_TIME, "TimeCreated");
    if (time == null || number(time, 1) > 23 || number(time, 2) > 59 || number(time, 3) > 59) {
      return new Taken(day, null, null, false, Origin.IPTC);
    }
    LocalDateTime local = day.with(LocalTime.of(number(time, 1), number(time, 2), number(time, 3)));
    return new Taken(local, null, offset(time.group(4)), true, Origin.IPTC);
  }

  private @Nullable Matcher matcher(Pattern pattern, String record) {
    List<String> values = findings.iptc.get(record);
    Matcher matcher = values == null ? null : pattern.matcher(values.getFirst());
    return matcher != null && matcher.matches() ? matcher : null;
  }

  private static @Nullable LocalDateTime local(Matcher date) {
    int groups = date.groupCount();
    try {
      return LocalDateTime.of(
          number(date, 1),
          Math.max(1, date.group(2) == null ? 1 : number(date, 2)),
          date.group(3) == null ? 1 : number(date, 3),
          groups < 4 ? 0 : number(date, 4),
          groups < 5 ? 0 : number(date, 5),
          groups < 6 ? 0 : number(date, 6));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? 0 : Integer.parseInt(text);
  }

  private static @Nullable String digits(@Nullable String text) {
    if (text == null || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return text.substring(0, Math.min(9, text.length()));
  }

  private static @Nullable ZoneOffset offset(@Nullable String text) {
    if (text == null || !OFFSET.matcher(text).matches()) {
      return null;
    }
    try {
      return ZoneOffset.of(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
