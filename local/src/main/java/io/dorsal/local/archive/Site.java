package io.dorsal.local.archive;

import java.time.ZoneOffset;

/** A place where animals are photographed; the offset is the one of the season people go there. */
record Site(
    String name,
    String city,
    String state,
    String country,
    double latitude,
    double longitude,
    ZoneOffset offset) {}
