package io.dorsal.discovery;

import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/**
 * One look at one source. State changes are methods here and refuse what the state does not allow
 * with {@code SCAN_STATE}.
 *
 * @param version null before the first save
 * @param number the how-manieth scan of its source this is
 * @param prefix what every path begins with that was asked for; empty for the whole source
 * @param prefixes where it looks instead, none within another, when events told of several places;
 *     else empty
 * @param dispatches how often it was handed to workers; makes each hand-over's message id its own
 * @param cause why it is PAUSED_AUTH or FAILED
 * @param listedAt when listing was complete; null until then, also while paused in mid-listing
 */
@Table("scan")
public record Scan(
    @Id UUID id,
    @Version @Nullable Integer version,
    UUID tenantId,
    UUID sourceId,
    int number,
    ScanState state,
    ScanTrigger triggerKind,
    ScanMode mode,
    String prefix,
    List<String> prefixes,
    List<String> include,
    List<String> exclude,
    boolean builtinExcludes,
    List<String> classes,
    boolean reinspect,
    int dispatches,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL, prefix = "cause_") @Nullable Cause cause,
    String traceParent,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant listedAt,
    @Nullable Instant pausedAt,
    @Nullable Instant finishedAt) {

  /** Why a scan stands still: a code, what happened, and what mends it. */
  public record Cause(String code, String detail, String fix) {}

  /** The prefixes to list, one after the other; no path begins with two of them. */
  public List<String> roots() {
    return prefixes.isEmpty() ? List.of(prefix) : prefixes;
  }

  /** The message that hands this scan to a worker; a double send carries the same id. */
  String messageId() {
    return dispatches == 1 ? id.toString() : id + "-" + dispatches;
  }

  Scan startListing(Instant now) {
    require(ScanState.REQUESTED, ScanState.LISTING);
    return in(ScanState.LISTING, null, startedAt == null ? now : startedAt, listedAt, null, null);
  }

  Scan listed(boolean anythingToInspect, Instant now) {
    require(ScanState.LISTING);
    Instant listed = listedAt == null ? now : listedAt;
    return anythingToInspect
        ? in(ScanState.INSPECTING, null, startedAt, listed, null, null)
        : in(ScanState.COMPLETED, null, startedAt, listed, null, now);
  }

  Scan complete(Instant now) {
    require(ScanState.INSPECTING);
    return in(ScanState.COMPLETED, null, startedAt, listedAt, null, now);
  }

  Scan pauseForAuth(Cause why, Instant now) {
    require(ScanState.LISTING, ScanState.INSPECTING);
    return in(ScanState.PAUSED_AUTH, why, startedAt, listedAt, now, null);
  }

  Scan fail(Cause why, Instant now) {
    require(ScanState.LISTING, ScanState.INSPECTING, ScanState.PAUSED_AUTH, ScanState.REQUESTED);
    return in(ScanState.FAILED, why, startedAt, listedAt, pausedAt, now);
  }

  Scan cancel(Instant now) {
    require(ScanState.REQUESTED, ScanState.LISTING, ScanState.INSPECTING, ScanState.PAUSED_AUTH);
    return in(ScanState.CANCELED, null, startedAt, listedAt, pausedAt, now);
  }

  /** What is final may be deleted. */
  void requireFinal() {
    require(ScanState.COMPLETED, ScanState.CANCELED);
  }

  Scan resume() {
    require(ScanState.PAUSED_AUTH, ScanState.FAILED);
    return new Scan(
        id,
        version,
        tenantId,
        sourceId,
        number,
        ScanState.REQUESTED,
        triggerKind,
        mode,
        prefix,
        prefixes,
        include,
        exclude,
        builtinExcludes,
        classes,
        reinspect,
        dispatches + 1,
        null,
        traceParent,
        requestedBy,
        requestedAt,
        startedAt,
        listedAt,
        null,
        null);
  }

  private Scan in(
      ScanState next,
      @Nullable Cause why,
      @Nullable Instant started,
      @Nullable Instant listed,
      @Nullable Instant paused,
      @Nullable Instant finished) {
    return new Scan(
        id,
        version,
        tenantId,
        sourceId,
        number,
        next,
        triggerKind,
        mode,
        prefix,
        prefixes,
        include,
        exclude,
        builtinExcludes,
        classes,
        reinspect,
        dispatches,
        why,
        traceParent,
        requestedBy,
        requestedAt,
        started,
        listed,
        paused,
        finished);
  }

  private void require(ScanState... allowed) {
    List<ScanState> states = List.of(allowed);
    if (!states.contains(state)) {
      throw new ProblemException(
          DiscoveryProblem.SCAN_STATE,
          "The scan is " + state + ".",
          Map.of("state", state.name(), "allowed", states.stream().map(ScanState::name).toList()));
    }
  }
}
