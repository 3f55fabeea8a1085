package io.dorsal.support;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.connections.OwnStore;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.work.RunningJob;
import io.dorsal.work.Task;
import io.dorsal.work.Tasks;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Packs what was asked for, and removes what is kept long enough. Thread-safe. */
@Component
public class ParcelWork {

  private static final Logger log = LoggerFactory.getLogger(ParcelWork.class);
  private static final int AT_ONCE = 100;

  private final ParcelRows rows;
  private final Bundles bundles;
  private final AuditExports exports;
  private final OwnStore store;
  private final Tasks tasks;
  private final Clock clock;

  ParcelWork(
      ParcelRows rows,
      Bundles bundles,
      AuditExports exports,
      OwnStore store,
      Tasks tasks,
      Clock clock) {
    this.tasks = tasks;
    this.rows = rows;
    this.bundles = bundles;
    this.exports = exports;
    this.store = store;
    this.clock = clock;
  }

  /** Packs a parcel unless that was done; a second time after a crash packs it anew. */
  public void pack(UUID tenantId, UUID id) {
    Optional<Parcel> parcel = rows.find(tenantId, id);
    if (parcel.isEmpty() || !rows.building(tenantId, id)) {
      return;
    }
    try (Task task = tasks.begin(job(parcel.get().kind()), id, tenantId)) {
      pack(parcel.get(), task);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RunningJob.Kind job(Parcel.Kind kind) {
    return switch (kind) {
      case BUNDLE -> RunningJob.Kind.SUPPORT_BUNDLE;
      case AUDIT_EXPORT -> RunningJob.Kind.AUDIT_EXPORT;
    };
  }

  private void pack(Parcel parcel, Task task) throws IOException {
    Path file = Files.createTempFile("dorsal-parcel", ".zip");
    try {
      MessageDigest digest = sha256();
      try (OutputStream out =
          new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest)) {
        write(parcel, out, task);
      }
      long size = Files.size(file);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        store.file(parcel.file(), TraceContext.current()).upload(in, size, true);
      }
      rows.ready(parcel, clock.instant(), size, HexFormat.of().formatHex(digest.digest()));
      log.info("Packed {} {} of {} bytes", parcel.kind(), parcel.id(), size);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void write(Parcel parcel, OutputStream out, Task task) throws IOException {
    if (parcel.kind() == Parcel.Kind.AUDIT_EXPORT) {
      exports.write(parcel, out, task);
    } else if (parcel.allTenants()) {
      Tenancy.<Boolean, IOException>sweep(
          Sweeper.OPERATOR_TRACES,
          () -> {
            bundles.write(parcel, out, task);
            return true;
          });
    } else {
      bundles.write(parcel, out, task);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It could not be packed, however often it was tried. */
  public void failed(UUID tenantId, UUID id) {
    rows.failed(
        tenantId,
        id,
        clock.instant(),
        GeneralProblem.INTERNAL_ERROR.name(),
        "It could not be packed. Ask for it again.");
  }

  /** Removes from the store what is kept long enough. */
  public void forgetOld() {
    List<Parcel> ended = Tenancy.sweep(Sweeper.PARCELS, () -> rows.ended(clock.instant(), AT_ONCE));
    for (Parcel parcel : ended) {
      Tenancy.run(
          parcel.tenantId(),
          () -> {
            store.delete(parcel.file(), TraceContext.current());
            rows.expired(parcel);
          });
    }
  }
}
