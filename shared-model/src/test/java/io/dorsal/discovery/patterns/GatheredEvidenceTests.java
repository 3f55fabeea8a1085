package io.dorsal.discovery.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.KnownNames.Kind;
import io.dorsal.access.KnownNames.Name;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What detectors make of the names that rooms know (2.6). */
class GatheredEvidenceTests {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @ParameterizedTest
  @CsvSource({
    "Jane Doe, Jane Doe, true",
    "Jane Doe, JANE_DOE, true",
    "Jane Doe, JaneDoe, true",
    "'Doe, Jane', Jane Doe, true",
    "Anne-Marie O'Neil, anne marie oneil, true",
    "Jose\u0301 Ruiz, Jos\u00e9 Ruiz, true",
    "Jane Doe, Jane, false",
    "jane@example.org, jane@example.org, false",
    "J, J, false",
    "'', '', false"
  })
  void namesAreEqualWhereTheirLettersAre(String known, String met, boolean same) {
    assertThat(knowing(Kind.PHOTOGRAPHER, known).isPhotographer(met)).isEqualTo(same);
  }

  @Test
  void initialsAreOfOnePersonOnly() {
    var evidence = knowing(Kind.PHOTOGRAPHER, "Jane Doe", "Bo Wu", "Ben Watt", "jane doe", "Cher");
    assertThat(List.of("JD", "BW", "C", "XY"))
        .filteredOn(evidence::areInitials)
        .containsExactly("JD");
  }

  @Test
  void eachKindIsKnownForItself() {
    var people = knowing(Kind.PHOTOGRAPHER, "Jane Doe");
    assertThat(people.knowsPhotographers()).isTrue();
    assertThat(people.knowsLocations() || people.isLocation("Jane Doe")).isFalse();
    assertThat(people.knowsIndividuals()).isFalse();
    assertThat(knowing(Kind.LOCATION, "Haro Strait").knowsPhotographers()).isFalse();
  }

  @Test
  void membersAreFoundWhereverTheyStand() {
    var found =
        detected(
            PatternType.PHOTOGRAPHER,
            knowing(Kind.PHOTOGRAPHER, "Jane Doe", "Anna van den Berg"),
            "Jane Doe Fiji/a.jpg",
            "JaneDoe-Oban/a.jpg",
            "Anna_van_den_Berg Mull/a.jpg");
    assertThat(found).extracting(DetectedPattern::agreement).containsOnly(1.0);
    assertThat(found)
        .extracting(DetectedPattern::pattern)
        .containsExactlyInAnyOrder("/{photographer} */", "/{photographer}-*/");
  }

  @Test
  void behindByAMembersNameEndsWhereItEnds() {
    var found =
        detected(
            PatternType.PHOTOGRAPHER,
            knowing(Kind.PHOTOGRAPHER, "Jane Doe"),
            "Fiji by Jane Doe spring/a.jpg",
            "Oban by Max Roe/a.jpg");
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().pattern()).isEqualTo("/*by {photographer}*/");
    assertThat(found.getFirst().agreement()).isEqualTo(0.5);
  }

  @Test
  void initialsOfAMemberAreSomebodysThoughTheyComeOnce() {
    var evidence = knowing(Kind.PHOTOGRAPHER, "Jane Doe");
    var member = detected(PatternType.PHOTOGRAPHER, evidence, "Fiji JD/a.jpg");
    var stranger = detected(PatternType.PHOTOGRAPHER, evidence, "Fiji XY/a.jpg");
    assertThat(member.getFirst().consistency()).isEqualTo(1);
    assertThat(member.getFirst().agreement()).isEqualTo(1);
    assertThat(stranger.getFirst().consistency()).isZero();
    assertThat(stranger.getFirst().agreement()).isZero();
  }

  @Test
  void knownPlacesAreFoundAmongOtherWordsAndNeedNotComeBack() {
    var found =
        detected(
            PatternType.LOCATION,
            knowing(Kind.LOCATION, "Haro Strait", "Site 12"),
            "trip HaroStrait whales/a.jpg",
            "day Site_12 resting/a.jpg");
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().pattern()).isEqualTo("/* {location} */");
    assertThat(found.getFirst().consistency()).isEqualTo(1);
    assertThat(found.getFirst().agreement()).isEqualTo(1);
  }

  @Test
  void knownAndRepeatedPlacesAreOnePattern() {
    var found =
        detected(
            PatternType.LOCATION,
            knowing(Kind.LOCATION, "Haro Strait"),
            "1/Haro Strait/a.jpg",
            "2/Oban/a.jpg",
            "3/Oban/a.jpg");
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().matched()).isEqualTo(3);
    assertThat(found.getFirst().support()).isEqualTo(1);
    assertThat(found.getFirst().agreement()).isEqualTo(1.0 / 3);
  }

  @Test
  void idsAreComparedWithTheCatalog() {
    PatternEvidence ids = new PopulationIds("T[0-9]{3}");
    String[] names = {"T001/a.jpg", "t002/a.jpg", "T003/a.jpg"};
    assertThat(
            detected(PatternType.INDIVIDUAL, new GatheredEvidence(ids, List.of()), names)
                .getFirst()
                .agreement())
        .isNull();
    var catalog = List.of(new Name(Kind.INDIVIDUAL, "T001"), new Name(Kind.INDIVIDUAL, "T-007"));
    assertThat(
            detected(PatternType.INDIVIDUAL, new GatheredEvidence(ids, catalog), names)
                .getFirst()
                .agreement())
        .isEqualTo(0.5);
  }

  private static GatheredEvidence knowing(Kind kind, String... names) {
    return new GatheredEvidence(
        PatternEvidence.NONE, Arrays.stream(names).map(name -> new Name(kind, name)).toList());
  }

  private static List<DetectedPattern> detected(
      PatternType type, PatternEvidence evidence, String... paths) {
    var detection = new PatternDetection(evidence, TODAY);
    for (String path : paths) {
      detection.image(path, null);
    }
    return detection.patterns().stream().filter(found -> found.type() == type).toList();
  }
}
