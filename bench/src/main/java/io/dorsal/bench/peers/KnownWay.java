package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.ImageMetadata;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.discovery.metadata.MetadataReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way it is done today, as a model: the first 128 KiB of each image, one after another, and one
 * INSERT per file. It has the fastest parser there is here, one connection to the store and one to
 * the database, so that only its shape is slow.
 */
public final class KnownWay {

  private static final String INSERT =
      """
      insert into known_way.image
          (path, size, etag, taken_at, latitude, longitude, make, model, width, height, tags)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      """;

  private final MetadataReader reader = new MetadataReader(Clock.systemUTC());
  private final BlobStore store;
  private final BareClient client;
  private final String database;
  private final Part postgres;

  /**
   * @param database JDBC URL with a user who may make a schema
   */
  public KnownWay(BlobStore store, String database, Part postgres) {
    this.store = store;
    this.client = new BareClient(store);
    this.database = database;
    this.postgres = postgres;
  }

  /** Does it once, from an empty table. */
  public Sample run(StubFiles files) throws IOException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema if not exists known_way");
      statement.execute("drop table if exists known_way.image");
      statement.execute(
          """
          create table known_way.image (path text primary key, size bigint, etag text,
              taken_at timestamp, latitude float8, longitude float8, make text, model text,
              width int, height int, tags jsonb)
          """);
      List<Part> parts = new ArrayList<>(List.of(Part.OWN, postgres));
      parts.addAll(store.parts());
      ScanReads heads = ScanReads.heads(files, MetadataReader.HEAD);
      Meter meter = Meter.start(store, parts);
      work(heads, connection);
      return meter.stop(files.all().size());
    } catch (SQLException e) {
      throw new IllegalStateException("The known way failed at the database", e);
    }
  }

  private void work(ScanReads heads, Connection connection)
      throws SQLException, IOException, InterruptedException {
    try (HttpClient http = BareClient.client();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      client.list(http);
      for (StubFile file : heads.files()) {
        byte[] head = client.range(http, file, heads.of(file).getFirst());
        insert(insert, file, inspected(file, head));
      }
    }
  }

  private Inspection inspected(StubFile file, byte[] head) throws IOException {
    return reader.inspect(
        file.name(),
        file.size(),
        FileClass.of(file.name()),
        (offset, length) -> {
          int from = (int) Math.min(offset, head.length);
          return Arrays.copyOfRange(head, from, Math.min(head.length, from + length));
        });
  }

  private void insert(PreparedStatement insert, StubFile file, Inspection inspection)
      throws SQLException {
    ImageMetadata image = inspection.image();
    var position = image == null ? null : image.position();
    @Nullable Object[] values = {
      file.name(),
      (long) file.size(),
      store.etag(file),
      image == null || image.taken() == null ? null : image.taken().local(),
      position == null ? null : position.latitude(),
      position == null ? null : position.longitude(),
      image == null ? null : image.camera().make(),
      image == null ? null : image.camera().model(),
      image == null ? null : image.width(),
      image == null ? null : image.height(),
      inspection.tags().json()
    };
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.executeUpdate();
  }
}
