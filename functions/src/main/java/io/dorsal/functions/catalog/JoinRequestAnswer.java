package io.dorsal.functions.catalog;

import io.dorsal.catalog.JoinRequest;
import io.dorsal.catalog.JoinRequestState;
import io.dorsal.catalog.PeopleLists;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody's request to join a population. */
record JoinRequestAnswer(
    UUID id,
    UUID userId,
    @Nullable String displayName,
    @Nullable String email,
    @Nullable String message,
    JoinRequestState state,
    Instant requestedAt,
    @Nullable Instant decidedAt,
    int version) {

  static JoinRequestAnswer of(PeopleLists.RequestView view) {
    JoinRequest request = view.request();
    return new JoinRequestAnswer(
        request.id(),
        request.userId(),
        view.person().displayName(),
        view.person().email(),
        request.message(),
        request.state(),
        request.requestedAt(),
        request.decidedAt(),
        request.version());
  }
}
