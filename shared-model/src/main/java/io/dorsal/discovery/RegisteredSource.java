package io.dorsal.discovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An archive that somebody wants scanned: one prefix of one container behind one connection. Its
 * row is held ({@code for update}) by whoever changes it or begins a scan of it.
 *
 * @param version null before the first save; a scan does not raise it
 * @param prefix what every blob name begins with; may be empty
 * @param populationId whose photographs these are; null where nobody said
 * @param scanCount how many scans were ever requested; numbers the next one
 */
@Table("source")
public record RegisteredSource(
    @Id UUID id,
    @Version @Nullable Integer version,
    UUID tenantId,
    UUID connectionId,
    String name,
    String container,
    String prefix,
    @Nullable String timeZone,
    OnNewFiles onNewFiles,
    @Nullable UUID populationId,
    SourceState state,
    int scanCount,
    String createdBy,
    Instant createdAt) {

  RegisteredSource renamed(String newName) {
    return with(newName, timeZone, onNewFiles, populationId, state);
  }

  RegisteredSource inZone(@Nullable String newZone) {
    return with(name, newZone, onNewFiles, populationId, state);
  }

  RegisteredSource doing(OnNewFiles newHabit) {
    return with(name, timeZone, newHabit, populationId, state);
  }

  RegisteredSource of(@Nullable UUID newPopulation) {
    return with(name, timeZone, onNewFiles, newPopulation, state);
  }

  RegisteredSource active() {
    return with(name, timeZone, onNewFiles, populationId, SourceState.ACTIVE);
  }

  RegisteredSource paused() {
    return with(name, timeZone, onNewFiles, populationId, SourceState.PAUSED);
  }

  RegisteredSource removed() {
    return with(name, timeZone, onNewFiles, populationId, SourceState.REMOVED);
  }

  private RegisteredSource with(
      String newName,
      @Nullable String newZone,
      OnNewFiles newHabit,
      @Nullable UUID newPopulation,
      SourceState newState) {
    return new RegisteredSource(
        id,
        version,
        tenantId,
        connectionId,
        newName,
        container,
        prefix,
        newZone,
        newHabit,
        newPopulation,
        newState,
        scanCount,
        createdBy,
        createdAt);
  }

  /** Whether both cover some name; a removed source covers none. */
  boolean overlaps(RegisteredSource other) {
    return other.state != SourceState.REMOVED
        && connectionId.equals(other.connectionId)
        && container.equals(other.container)
        && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
  }
}
