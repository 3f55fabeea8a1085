package io.dorsal.jobs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.http.Permission;
import io.dorsal.functions.http.Permissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the edge serves stands in the one table of who may do what, and the other way round. */
class EdgeRoutesTests {

  @Test
  void everyRouteOfTheEdgeHasItsRowAndEveryRowItsRoute() {
    assertThat(
            Arrays.stream(EdgeRoute.values())
                .map(
                    route ->
                        "%s %s %s %s %d"
                            .formatted(
                                route.method(),
                                route.template(),
                                route.scope(),
                                route.action(),
                                route.units())))
        .containsExactlyInAnyOrderElementsOf(
            Permissions.all().stream()
                .filter(Permission::edge)
                .map(
                    row ->
                        "%s %s %s %s %d"
                            .formatted(
                                row.method(),
                                row.route(),
                                row.scope(),
                                row.action(),
                                row.rate().units()))
                .toList());
  }
}
