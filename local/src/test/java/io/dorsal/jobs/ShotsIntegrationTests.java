package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Section 2.4: files of one base name in one folder are one shot, on first scans and rescans. */
@ExtendWith(SharedStack.class)
class ShotsIntegrationTests {

  private static final String VALUES =
      """
      select f.path, concat_ws(' ', i.creator, i.metadata -> 'credit' ->> 'origin',
          to_char(i.taken_at_local, 'YYYY-MM-DD'))
      from file_inspection i join found_file f on f.id = i.file_id
      where f.source_id = ? and f.class = 'IMAGE' and f.path like 'shots/%'
      """;

  @Test
  void sidecarAndRawImageBelongToTheirPicture(ScanFixture scans) throws Exception {
    scans.tidy();
    WrittenArchive written = scans.write("shots", DemoArchive.light(3, 3));
    var files = scans.stack().containers().client(written.account_name(), written.container());
    put(files, "IMG_1.JPG", HostileFile.latin(HostilePictures.plainJpeg()));
    put(files, "IMG_1.xmp", sidecar("Ann", "2024-05-01"));
    put(files, "IMG_1.dng", HostileFile.latin(HostilePictures.plainTiff()));
    put(files, "IMG_2.jpg", HostileFile.latin(HostilePictures.plainJpeg()));
    put(files, "IMG_2.jpg.xmp", sidecar("Bea", "2024-05-02"));
    put(files, "other/IMG_1.JPG", HostileFile.latin(HostilePictures.plainJpeg()));
    Archive archive = scans.connect(written, Duration.ofDays(1));
    UUID scan = completed(scans, archive, "FULL");
    assertThat(scans.rows().pairs(VALUES, archive.source()))
        .containsOnly(
            Map.entry("shots/IMG_1.JPG", "Ann SIDECAR 2024-05-01"),
            Map.entry("shots/IMG_2.jpg", "Bea SIDECAR 2024-05-02"),
            Map.entry("shots/other/IMG_1.JPG", ""));
    JsonNode picture = file(scans, scan, "shots/IMG_1.JPG");
    JsonNode raw = file(scans, scan, "shots/IMG_1.dng");
    assertThat(raw.path("companion_of").asString()).isEqualTo(picture.path("id").asString());
    assertThat(picture.path("shot").path("companions").get(0).asString())
        .isEqualTo(raw.path("id").asString());
    assertThat(picture.path("tags").path("SIDECAR:dc:creator").asString()).isEqualTo("Ann");
    JsonNode summary = ScanFixture.accepted(scans.api().get("/scans/" + scan + "/summary")).body();
    assertThat(summary.path("images").path("companions").asInt()).isEqualTo(1);

    put(files, "IMG_1.xmp", sidecar("Cem", "2024-06-01"));
    completed(scans, archive, "INCREMENTAL");
    assertThat(scans.rows().pairs(VALUES, archive.source()))
        .containsEntry("shots/IMG_1.JPG", "Cem SIDECAR 2024-06-01");
    put(files, "IMG_1.JPG", HostileFile.latin(HostilePictures.plainJpeg() + "x"));
    completed(scans, archive, "INCREMENTAL");
    assertThat(scans.rows().pairs(VALUES, archive.source()))
        .containsEntry("shots/IMG_1.JPG", "Cem SIDECAR 2024-06-01");
    put(files, "IMG_1.xmp", new byte[0]);
    completed(scans, archive, "INCREMENTAL");
    assertThat(scans.rows().pairs(VALUES, archive.source())).containsEntry("shots/IMG_1.JPG", "");
  }

  @Test
  void sidecarThatGoesMovesOrComesBackIsFollowed(ScanFixture scans) throws Exception {
    scans.tidy();
    WrittenArchive written = scans.write("shots-moved", DemoArchive.light(3, 3));
    var files = scans.stack().containers().client(written.account_name(), written.container());
    put(files, "IMG_1.JPG", HostileFile.latin(HostilePictures.plainJpeg()));
    put(files, "IMG_1.xmp", sidecar("Ann", "2024-05-01"));
    put(files, "other/IMG_1.JPG", HostileFile.latin(HostilePictures.plainJpeg()));
    Archive archive = scans.connect(written, Duration.ofDays(1));
    completed(scans, archive, "FULL");
    String ann = "Ann SIDECAR 2024-05-01";
    assertThat(scans.rows().pairs(VALUES, archive.source()))
        .containsOnly(Map.entry("shots/IMG_1.JPG", ann), Map.entry("shots/other/IMG_1.JPG", ""));

    files.getBlobClient("shots/IMG_1.xmp").delete();
    put(files, "other/IMG_1.xmp", sidecar("Ann", "2024-05-01"));
    completed(scans, archive, "INCREMENTAL");
    assertThat(scans.rows().pairs(VALUES, archive.source()))
        .containsOnly(Map.entry("shots/IMG_1.JPG", ""), Map.entry("shots/other/IMG_1.JPG", ann));

    files.getBlobClient("shots/other/IMG_1.xmp").delete();
    completed(scans, archive, "INCREMENTAL");
    assertThat(scans.rows().pairs(VALUES, archive.source()))
        .containsEntry("shots/other/IMG_1.JPG", "");

    put(files, "other/IMG_1.xmp", sidecar("Ann", "2024-05-01"));
    completed(scans, Map.of("source_id", archive.source(), "exclude", List.of("**.xmp")));
    assertThat(scans.rows().pairs(VALUES, archive.source()))
        .containsEntry("shots/other/IMG_1.JPG", ann);
  }

  private static UUID completed(ScanFixture scans, Archive archive, String mode) throws Exception {
    return completed(scans, Map.of("source_id", archive.source(), "mode", mode));
  }

  private static UUID completed(ScanFixture scans, Map<String, Object> request) throws Exception {
    UUID scan = ScanFixture.accepted(scans.api().post("/scans", request)).id();
    scans.awaitState(scan, "COMPLETED");
    return scan;
  }

  private static JsonNode file(ScanFixture scans, UUID scan, String path) throws Exception {
    String list = "/scans/" + scan + "/files?path_prefix=" + path;
    JsonNode found = ScanFixture.accepted(scans.api().get(list)).body().path("items").get(0);
    String detail = "/scans/" + scan + "/files/" + found.path("id").asString();
    return ScanFixture.accepted(scans.api().get(detail)).body();
  }

  private static void put(BlobContainerClient files, String name, byte[] bytes) {
    files.getBlobClient("shots/" + name).upload(BinaryData.fromBytes(bytes), true);
  }

  private static byte[] sidecar(String creator, String day) {
    return HostileFile.latin(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
            + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description"
            + " xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" exif:DateTimeOriginal=\""
            + day
            + "T10:00:00\""
            + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator><rdf:Seq><rdf:li>"
            + creator
            + "</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>");
  }
}
