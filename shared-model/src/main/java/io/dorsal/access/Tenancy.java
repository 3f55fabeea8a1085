package io.dorsal.access;

import java.lang.ScopedValue.CallableOp;
import java.util.Optional;
import java.util.UUID;

/**
 * In whose name the database is asked by this thread: one tenant's, a sweeper's, or nobody's, to
 * whom every tenant table is empty. Other threads do not inherit it.
 */
public sealed interface Tenancy {

  /** One tenant, whose rows are all there is. */
  record OfTenant(UUID id) implements Tenancy {}

  /** A sweeper, to whom every tenant's rows are there. */
  record OfSweeper(Sweeper sweeper) implements Tenancy {}

  /** The scope of this thread. */
  ScopedValue<Tenancy> CURRENT = ScopedValue.newInstance();

  /** Runs the work in the name of a tenant; what it throws comes through. */
  static <T, X extends Throwable> T in(UUID tenantId, CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, new OfTenant(tenantId)).call(work);
  }

  /** The same for work without a result. */
  static void run(UUID tenantId, Runnable work) {
    ScopedValue.where(CURRENT, new OfTenant(tenantId)).run(work);
  }

  /** Runs the work across all tenants. */
  static <T, X extends Throwable> T sweep(Sweeper sweeper, CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, new OfSweeper(sweeper)).call(work);
  }

  /** The same for work without a result. */
  static void run(Sweeper sweeper, Runnable work) {
    ScopedValue.where(CURRENT, new OfSweeper(sweeper)).run(work);
  }

  /** The tenant in whose name this thread works; empty for a sweeper and for nobody. */
  static Optional<UUID> tenant() {
    return CURRENT.isBound() && CURRENT.get() instanceof OfTenant(UUID id)
        ? Optional.of(id)
        : Optional.empty();
  }
}
