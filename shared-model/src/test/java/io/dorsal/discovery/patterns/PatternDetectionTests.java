package io.dorsal.discovery.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every detector and every formula of 2.6. */
class PatternDetectionTests {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final LocalDate DAY = LocalDate.of(2019, 7, 12);

  /** The first name always carries a date in July, the second a day past the twelfth. */
  @ParameterizedTest
  @CsvSource({
    "2019-07-12, 2019-07-25, /{date:YYYY-MM-DD}/",
    "2019_07_12, 2019_07_25, /{date:YYYY_MM_DD}/",
    "2019.07.12, 2019.07.25, /{date:YYYY.MM.DD}/",
    "20190712, 20190725, /{date:YYYYMMDD}/",
    "07-12-2019, 07-25-2019, /{date:MM-DD-YYYY}/",
    "07_12_2019, 07_25_2019, /{date:MM_DD_YYYY}/",
    "07.12.2019, 07.25.2019, /{date:MM.DD.YYYY}/",
    "07122019, 07252019, /{date:MMDDYYYY}/",
    "12-07-2019, 25-07-2019, /{date:DD-MM-YYYY}/",
    "12_07_2019, 25_07_2019, /{date:DD_MM_YYYY}/",
    "12.07.2019, 25.07.2019, /{date:DD.MM.YYYY}/",
    "12072019, 25072019, /{date:DDMMYYYY}/",
    "2019-07, 2019-08, /{year}-{month}/",
    "2019_07, 2019_08, /{year}_{month}/",
    "2019, 2020, /{year}/",
    "12Jul2019, 25Jul2019, /{date:DDMMMYYYY}/",
    "12-JUL-2019, 25-jul-2019, /{date:DD-MMM-YYYY}/",
    "Haro 2019-07-12 am, Haro 2019-07-25 pm, /*{date:YYYY-MM-DD}*/",
    "2019-07-12_Haro, 2019-07-25_Pass, /{date:YYYY-MM-DD}*/",
    "trip_20190712, trip_20190725, /*{date:YYYYMMDD}/",
    "20190712101112, 20190725101112, /{date:YYYYMMDD}*/"
  })
  void datesOfFolders(String first, String second, String pattern) {
    List<DetectedPattern> dates = of(PatternType.DATE, first + "/a.jpg", second + "/b.jpg");
    assertThat(dates).as(dates.toString()).hasSize(1);
    assertThat(dates.getFirst().pattern()).isEqualTo(pattern);
    assertThat(dates.getFirst().depth()).isEqualTo(1);
    assertThat(dates.getFirst().confidence()).isEqualTo(1);
    assertThat(dates.getFirst().samples()).containsExactly(first, second);
  }

  @Test
  void aDateIsSplitOverFolders() {
    List<DetectedPattern> dates =
        of(
            PatternType.DATE,
            "Photos/2019/07/12/a.jpg",
            "Photos/2019/07/25/b.jpg",
            "Photos/2020/2/30/c.jpg",
            "Photos/2020/rest/x/d.jpg");
    assertThat(dates)
        .extracting(DetectedPattern::pattern)
        .containsExactlyInAnyOrder("/*/{year}/", "/*/{year}/{month}/", "/*/{year}/{month}/{day}/");
    DetectedPattern days =
        dates.stream().filter(date -> date.pattern().endsWith("{day}/")).findFirst().orElseThrow();
    assertThat(days.depth()).isEqualTo(4);
    // Three of four folders, of which one is no day of February's.
    assertThat(days.support()).isEqualTo(0.75);
    assertThat(days.consistency()).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(days.samples()).containsExactly("2019/07/12", "2019/07/25", "2020/02/30");
    assertThat(of(PatternType.SEQUENCE, "2019/07/12/a.jpg", "2019/07/25/b.jpg")).isEmpty();
  }

  @Test
  void aNumberThatNoYearLeadsIsNoPartOfADate() {
    assertThat(of(PatternType.DATE, "trip/07/12/a.jpg", "trip/08/13/b.jpg")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2019-2020",
    "IMG_2019",
    "DSC_1",
    "12345678901",
    "2019712",
    "7-12-19",
    "201-07-12",
    "T1999b12-13"
  })
  void whatIsNoFullDate(String stem) {
    assertThat(of(PatternType.DATE, "x/" + stem + ".jpg"))
        .noneMatch(found -> found.pattern().contains("{date"));
  }

  @Test
  void aCamerasNumberIsNoYear() {
    assertThat(of(PatternType.DATE, "IMG_2019.JPG", "IMG_2020.JPG")).isEmpty();
    assertThat(of(PatternType.DATE, "IMG_20190712.JPG").getFirst().pattern())
        .isEqualTo("*{date:YYYYMMDD}");
  }

  @Test
  void supportIsMatchedOfNamesWithImagesBeneath() {
    DetectedPattern found =
        of(PatternType.DATE, "2019-07-12/a.jpg", "2019-07-13/b.jpg", "odd/c.jpg", "why/d/e.jpg")
            .getFirst();
    assertThat(found.names()).isEqualTo(4);
    assertThat(found.matched()).isEqualTo(2);
    assertThat(found.support()).isEqualTo(0.5);
    assertThat(found.consistency()).isEqualTo(1);
    assertThat(found.agreement()).isNull();
    assertThat(found.confidence()).isCloseTo(0.625 * 0.5 + 0.375, within(1e-12));
  }

  @Test
  void consistencyFallsWithDatesThatAreNone() {
    DetectedPattern found =
        of(
                PatternType.DATE,
                "2019-02-30/a.jpg",
                "2019-07-12/b.jpg",
                "2031-01-01/c.jpg",
                "2019-07-13/d.jpg")
            .getFirst();
    assertThat(found.support()).isEqualTo(1);
    assertThat(found.consistency()).isEqualTo(0.5);
    assertThat(found.confidence()).isCloseTo(0.625 + 0.375 * 0.5, within(1e-12));
  }

  @Test
  void agreementIsWithTheDayMostPicturesWereTaken() {
    var detection = new PatternDetection(PatternEvidence.NONE, TODAY);
    detection.image("2019-07-12/a.jpg", DAY);
    detection.image("2019-07-12/b.jpg", DAY);
    detection.image("2019-07-12/past midnight.jpg", DAY.plusDays(1));
    detection.image("2019-07-14/c.jpg", DAY);
    detection.image("2019-07-15/no date.jpg", null);
    DetectedPattern found = detection.patterns().getFirst();
    assertThat(found.agreement()).isEqualTo(0.5);
    assertThat(found.confidence()).isCloseTo(0.5 + 0.3 + 0.2 * 0.5, within(1e-12));
  }

  @Test
  void fileNamesAgreeWithTheirOwnDay() {
    var detection = new PatternDetection(PatternEvidence.NONE, TODAY);
    detection.image("x/20190712_0001.jpg", DAY);
    detection.image("x/20190713_0002.jpg", DAY);
    DetectedPattern date = only(detection.patterns(), PatternType.DATE).getFirst();
    assertThat(date.depth()).isNull();
    assertThat(date.pattern()).isEqualTo("{date:YYYYMMDD}*");
    assertThat(date.agreement()).isEqualTo(0.5);
  }

  @Test
  void aYearAgreesWithPicturesOfThatYear() {
    var detection = new PatternDetection(PatternEvidence.NONE, TODAY);
    detection.image("2019/12/a.jpg", DAY);
    detection.image("2019/12/b.jpg", DAY.plusMonths(2));
    assertThat(detection.patterns().getFirst().agreement()).isEqualTo(1);
  }

  @Test
  void dayAndMonthThatNobodyTellsApartAreBothListedAndCapped() {
    List<DetectedPattern> both = of(PatternType.DATE, "05-06-2019/a.jpg", "07-08-2019/b.jpg");
    assertThat(both)
        .extracting(DetectedPattern::pattern)
        .containsExactlyInAnyOrder("/{date:DD-MM-YYYY}/", "/{date:MM-DD-YYYY}/");
    assertThat(both)
        .allSatisfy(
            found -> {
              assertThat(found.confidence()).isEqualTo(0.5);
              assertThat(found.notes()).containsExactly("AMBIGUOUS_DAY_MONTH");
            });
  }

  @Test
  void picturesTellDayFromMonth() {
    var detection = new PatternDetection(PatternEvidence.NONE, TODAY);
    detection.image("05-06-2019/a.jpg", LocalDate.of(2019, 6, 5));
    detection.image("07-08-2019/b.jpg", null);
    List<DetectedPattern> found = detection.patterns();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().pattern()).isEqualTo("/{date:DD-MM-YYYY}/");
    assertThat(found.getFirst().agreement()).isEqualTo(1);
    assertThat(found.getFirst().confidence()).isEqualTo(1);
    assertThat(found.getFirst().notes()).isEmpty();
  }

  @Test
  void anArchiveOfBothHabitsListsBoth() {
    List<DetectedPattern> both = of(PatternType.DATE, "05-25-2019/a.jpg", "25-05-2019/b.jpg");
    assertThat(both)
        .hasSize(2)
        .allSatisfy(
            found -> {
              assertThat(found.notes()).isEmpty();
              assertThat(found.consistency()).isEqualTo(0.5);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "IMG_0412.JPG, IMG_0413.JPG, IMG_{seq:4}",
    "DSC_1.jpg, DSC_22.jpg, DSC_{seq}",
    "P7120012.ORF, P7120013.ORF, P{seq:7}",
    "T002B_20110803_0012.jpg, T003B_20110804_0013.jpg, *_{seq:4}",
    "0001.jpg, 0002.jpg, {seq:4}",
    "a{1]_01.jpg, a{1]_02.jpg, *_{seq:2}"
  })
  void numbersOfFiles(String first, String second, String pattern) {
    assertThat(of(PatternType.SEQUENCE, first, second).getFirst().pattern()).isEqualTo(pattern);
  }

  @Test
  void numbersOfFolders() {
    assertThat(of(PatternType.SEQUENCE, "x/card 1/a.jpg", "x/card 12/b.jpg").getFirst().pattern())
        .isEqualTo("/*/card {seq}/");
  }

  @ParameterizedTest
  @CsvSource({
    "20190712 BW, 20190713 BW, /* {photographer}/",
    "BW 20190712, BW 20190713, /{photographer} */",
    "20190712_MOL_x, 20190713_MOL_y, /*_{photographer}_*/",
    "Active Pass by BW, Fiji by BW, /*by {photographer}/",
    "x_By_Anna Wright, y_By_Anna Wright, /*by_{photographer}/"
  })
  void photographersOfFolders(String first, String second, String pattern) {
    DetectedPattern found =
        of(PatternType.PHOTOGRAPHER, first + "/a.jpg", second + "/b.jpg").getFirst();
    assertThat(found.pattern()).isEqualTo(pattern);
    assertThat(found.confidence()).isEqualTo(1);
  }

  @Test
  void initialsThatNeverComeBackAreHardlyAnybody() {
    DetectedPattern found = of(PatternType.PHOTOGRAPHER, "x AB/a.jpg", "y CD/b.jpg").getFirst();
    assertThat(found.consistency()).isEqualTo(0);
    assertThat(of(PatternType.PHOTOGRAPHER, "IMG_1/a.jpg", "RAW/b.jpg", "HARO STRAIT BC/c.jpg"))
        .isEmpty();
  }

  @Test
  void knownPhotographersAgree() {
    PatternEvidence evidence =
        new PatternEvidence() {
          @Override
          public boolean knowsPhotographers() {
            return true;
          }

          @Override
          public boolean isPhotographer(String name) {
            return name.equals("BW") || name.equals("Anna Wright");
          }
        };
    var detection = new PatternDetection(evidence, TODAY);
    detection.image("Anna Wright/a.jpg", null);
    detection.image("x BW/a.jpg", null);
    detection.image("x XY/a.jpg", null);
    List<DetectedPattern> found = only(detection.patterns(), PatternType.PHOTOGRAPHER);
    assertThat(found)
        .extracting(DetectedPattern::pattern)
        .containsExactly("/{photographer}/", "/* {photographer}/");
    assertThat(found.getLast().agreement()).isEqualTo(0.5);
    assertThat(found.getFirst().agreement()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-07-15_HaroStrait, 2024-07-16_HaroStrait, /*_{location}/",
    "Haro Strait 15Jul2024, Haro Strait 16Jul2024, /{location} */",
    "20240715_Kaikōura, 20240716_Kaikōura, /*_{location}/",
    "48.5161_-123.0123, 49.5161_-124.0123, /{lat}_{lon}/",
    "x 48.5161N 123.0123W, y 48.5161N 123.0123W, /*{lat} {lon}/"
  })
  void locationsOfFolders(String first, String second, String pattern) {
    DetectedPattern found =
        of(PatternType.LOCATION, first + "/a.jpg", second + "/b.jpg").getFirst();
    assertThat(found.pattern()).isEqualTo(pattern);
    assertThat(found.confidence()).isEqualTo(1);
  }

  @Test
  void wordsThatAreNoPlaces() {
    assertThat(
            of(
                PatternType.LOCATION,
                "a/edited/1.jpg",
                "b/edited/2.jpg",
                "c/RAW/3.jpg",
                "d/once only/4.jpg",
                "e/DCIM/5.jpg",
                "f/DCIM/6.jpg"))
        .isEmpty();
    assertThat(of(PatternType.LOCATION, "95.12345 200.12345/a.jpg").getFirst().consistency())
        .isEqualTo(0);
  }

  @Test
  void knownLocationsAgree() {
    PatternEvidence evidence =
        new PatternEvidence() {
          @Override
          public boolean knowsLocations() {
            return true;
          }

          @Override
          public boolean isLocation(String name) {
            return name.equals("Haro Strait");
          }
        };
    var detection = new PatternDetection(evidence, TODAY);
    detection.image("2024-07-15_HaroStrait/a.jpg", null);
    List<DetectedPattern> found = only(detection.patterns(), PatternType.LOCATION);
    assertThat(found.getFirst().agreement()).isEqualTo(1);
    assertThat(found.getFirst().pattern()).isEqualTo("/*_{location}/");
  }

  @Test
  void individualsByThePopulationsPattern() {
    var detection = new PatternDetection(new Ids(), TODAY);
    detection.image("2008/T002B+T037/1.jpg", null);
    detection.image("2008/T099/1.jpg", null);
    detection.image("J/T047_20110803_0012.jpg", null);
    List<DetectedPattern> found = only(detection.patterns(), PatternType.INDIVIDUAL);
    assertThat(found)
        .extracting(DetectedPattern::pattern)
        .containsExactlyInAnyOrder("/*/{individuals}/", "/*/{individual}/", "{individual}_*");
    assertThat(found)
        .filteredOn(one -> one.pattern().equals("/*/{individual}/"))
        .allSatisfy(one -> assertThat(one.agreement()).isEqualTo(0));
    assertThat(found)
        .filteredOn(one -> one.pattern().equals("/*/{individuals}/"))
        .allSatisfy(one -> assertThat(one.agreement()).isEqualTo(1));
  }

  /** Ids like T002B, of which the catalog lacks T099. */
  static final class Ids implements PatternEvidence {
    private static final Pattern ID =
        Pattern.compile("(?<![A-Za-z0-9])T\\d{3}[A-Z]?(?![A-Za-z0-9])");

    @Override
    public boolean knowsIndividuals() {
      return true;
    }

    @Override
    public List<Individual> individuals(String name) {
      return ID.matcher(name)
          .results()
          .map(hit -> new Individual(hit.start(), hit.end(), !hit.group().equals("T099")))
          .toList();
    }
  }

  @Test
  void samplesAreAtMostTwenty() {
    String[] paths = new String[30];
    for (int i = 0; i < 30; i++) {
      paths[i] = "2019-07-%02d/a.jpg".formatted(i + 1);
    }
    assertThat(of(PatternType.DATE, paths).getFirst().samples()).hasSize(20);
  }

  @Test
  void whatIsHardlyThereIsNotShown() {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      paths.add("odd %c%c/a.jpg".formatted('a' + i / 26, 'a' + i % 26));
    }
    paths.add("zz 2019-02-31/a.jpg");
    assertThat(of(PatternType.DATE, paths.toArray(String[]::new))).isEmpty();
  }

  @Test
  void depthsStandApart() {
    List<DetectedPattern> found =
        of(PatternType.DATE, "2019/07-25-2019/a.jpg", "2020/07-25-2020/b.jpg");
    Map<Integer, String> byDepth = new TreeMap<>();
    found.forEach(one -> byDepth.put(one.depth(), one.pattern()));
    assertThat(byDepth).isEqualTo(Map.of(1, "/{year}/", 2, "/*/{date:MM-DD-YYYY}/"));
  }

  private static List<DetectedPattern> of(PatternType type, String... paths) {
    var detection = new PatternDetection(PatternEvidence.NONE, TODAY);
    for (String path : paths) {
      detection.image(path, null);
    }
    return only(detection.patterns(), type);
  }

  private static List<DetectedPattern> only(
      List<DetectedPattern> found, @Nullable PatternType type) {
    return found.stream().filter(one -> one.type() == type).toList();
  }
}
