package io.dorsal.operations;

import java.util.List;

/** Another place that hops are sent to. */
interface HopExport {

  /** Takes a copy of what was written; never throws and never waits long. */
  void sent(List<Kept> batch);
}
