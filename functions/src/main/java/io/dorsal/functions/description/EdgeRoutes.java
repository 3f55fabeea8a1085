package io.dorsal.functions.description;

import io.dorsal.functions.http.Described;

/** What the edge serves beneath the same address; see decision 0014. */
interface EdgeRoutes {

  /** Server-sent events; 204 where there is nothing more to tell. */
  @Described.OnEdge("scans/{id}/events")
  @Described(type = "text/event-stream", also = 204)
  void watchScan();
}
