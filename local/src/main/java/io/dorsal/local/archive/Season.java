package io.dorsal.local.archive;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who was where, when, and pressed the shutter how often: sixteen years of days at sea, derived
 * from the seed for any number without the ones before it. Immutable.
 */
final class Season {

  /** Consecutive numbers that belong to one person's day at one site. */
  private static final int PER_DAY = 24;

  private static final LocalDate FIRST = LocalDate.of(2008, 1, 1);
  private static final int DAYS = 5844;

  /** No divisor in common with DAYS: a person's days are all different, in scattered order. */
  private static final int STRIDE = 2503;

  private static final List<String> ANIMALS =
      List.of(
          "Orcinus orca", "Megaptera novaeangliae", "Tursiops truncatus", "Carcharhinus leucas");

  private final long seed;

  Season(long seed) {
    this.seed = seed;
  }

  /** The shot with this number. */
  Shot shot(int number) {
    int outing = number / PER_DAY;
    Photographer person = person(outing);
    SplittableRandom day = random(1, outing);
    Site site = person.sites().get(day.nextInt(person.sites().size()));
    int start = (6 + day.nextInt(11)) * 3600 + day.nextInt(3600);
    int step = 5 + day.nextInt(150);
    double north = site.latitude() + day.nextDouble(-0.04, 0.04);
    double east = site.longitude() + day.nextDouble(-0.04, 0.04);
    SplittableRandom own = random(2, number);
    Camera camera = person.cameras().get(own.nextInt(3) % person.cameras().size());
    int second = start + number % PER_DAY * step + own.nextInt(step / 2 + 1);
    LocalDateTime taken = day(outing).atStartOfDay().plusSeconds(second);
    Position position =
        Position.of(
            north + own.nextDouble(0.005), east + own.nextDouble(0.005), own.nextInt(-200, 4000));
    String animal = "T" + (100 + own.nextInt(150)) + (char) ('A' + own.nextInt(5));
    return new Shot(
        number,
        person,
        camera,
        site,
        taken,
        subSeconds(camera, own),
        camera.offsets() ? site.offset() : null,
        position,
        orientation(own),
        animal + " off " + site.name() + ", dorsal fin left",
        List.of("cetacean", ANIMALS.get(outing % ANIMALS.size()), animal),
        hex(own.nextLong()) + hex(own.nextLong()));
  }

  /** Where the photographer files the shot: the path without an extension. */
  String stem(Shot shot) {
    return folder(shot) + "/" + name(shot);
  }

  String folder(Shot shot) {
    int outing = shot.number() / PER_DAY;
    return shot.photographer()
        .habit()
        .folder(
            shot.photographer(), shot.site(), day(outing), 1 + outing / Cast.PHOTOGRAPHERS.size());
  }

  String name(Shot shot) {
    LocalDate day = day(shot.number() / PER_DAY);
    return shot.photographer().habit().stem(shot.photographer(), shot.camera(), day, shot.number());
  }

  SplittableRandom random(int purpose, int number) {
    return new SplittableRandom(
        seed * 0x9E3779B97F4A7C15L + purpose * 0x632BE59BD9B4E019L + number * 0xD1342543DE82EF95L);
  }

  private static Photographer person(int outing) {
    return Cast.PHOTOGRAPHERS.get(outing % Cast.PHOTOGRAPHERS.size());
  }

  private LocalDate day(int outing) {
    long turn = outing / Cast.PHOTOGRAPHERS.size();
    long shift = Math.floorMod(seed, DAYS) * 37L + outing % Cast.PHOTOGRAPHERS.size() * 733L;
    return FIRST.plusDays(Math.floorMod(turn * STRIDE + shift, DAYS));
  }

  private static @Nullable String subSeconds(Camera camera, SplittableRandom random) {
    int digits = camera.subSecondDigits();
    return digits == 0
        ? null
        : Integer.toString(10_000 + random.nextInt(10_000)).substring(5 - digits);
  }

  private static int orientation(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> 6;
      case 1 -> 8;
      case 2 -> 3;
      default -> 1;
    };
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
