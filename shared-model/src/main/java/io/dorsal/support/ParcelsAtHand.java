package io.dorsal.support;

import io.dorsal.work.RunningJob;
import io.dorsal.work.WorkAtHand;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bundles and exports that wait to be packed; who packs shows itself. Thread-safe. */
@Component
class ParcelsAtHand implements WorkAtHand {

  private static final int MOST = 1_000;

  private final ParcelRows rows;

  ParcelsAtHand(ParcelRows rows) {
    this.rows = rows;
  }

  @Override
  public List<RunningJob> atHand(@Nullable UUID tenantId, @Nullable UUID of) {
    return rows.open(tenantId, of, MOST).stream()
        .map(
            parcel ->
                RunningJob.queued(
                    ParcelWork.job(parcel.kind()),
                    parcel.id(),
                    parcel.tenantId(),
                    parcel.traceId()))
        .toList();
  }
}
