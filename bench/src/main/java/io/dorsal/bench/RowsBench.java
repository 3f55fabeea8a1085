package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.peers.CopiedRows;
import io.dorsal.bench.peers.Tool;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The product's own statements for rows against {@code COPY} of the same rows by psql. */
final class RowsBench {

  private final BenchStack stack;
  private final BlobStore store;
  private final StubFiles files;
  private final Path scratch;

  RowsBench(BenchStack stack, BlobStore store, StubFiles files, Path scratch) {
    this.stack = stack;
    this.store = store;
    this.files = files;
    this.scratch = scratch;
  }

  /** One report for what a listing finds, one for what inspections give; none without psql. */
  List<Report> run(int runs) throws IOException, InterruptedException {
    Optional<Tool> psql = Tool.find("psql", CopiedRows.PACKAGE);
    if (psql.isEmpty()) {
      System.err.println(Tool.missing("psql", CopiedRows.PACKAGE));
      return List.of();
    }
    var copies =
        new CopiedRows(psql.get(), stack.stack().jdbcUrl(), List.of(stack.postgres()), scratch);
    List<Report> reports = new ArrayList<>();
    try (var rooms = Rooms.on(stack)) {
      DorsalRows dorsal = new DorsalRows(stack, store, rooms, files);
      DorsalRows.Written model = dorsal.inspected();
      reports.add(
          new Rounds("psql COPY", () -> copies.listing(model.source(), dorsal.requested().source()))
              .add("Dorsal", dorsal::list)
              .warmUp(1)
              .run("rows of a listing", title("Rows of a listing in found_file"), runs));
      reports.add(
          new Rounds("psql COPY", () -> inspections(copies, model, dorsal))
              .add("Dorsal", dorsal::inspect)
              .warmUp(1)
              .run("rows of inspections", title("Rows of inspections in file_inspection"), runs));
    }
    return reports;
  }

  private static Sample inspections(CopiedRows copies, DorsalRows.Written model, DorsalRows dorsal)
      throws IOException, InterruptedException {
    DorsalRows.Written listed = dorsal.listed();
    return copies.inspections(model.source(), listed.source(), listed.scan());
  }

  private String title(String what) {
    return "%s, %,d files".formatted(what, files.all().size());
  }
}
