package io.dorsal.jobs.intake;

import io.dorsal.work.Lease;
import java.util.UUID;

/** A lease this process works under, and the signal that ends that work. */
public record Held(Lease lease, UUID tenantId, UUID scanId, WorkSignal signal) {}
