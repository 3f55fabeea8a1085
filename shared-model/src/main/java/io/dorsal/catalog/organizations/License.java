package io.dorsal.catalog.organizations;

/** Who sees what is given under it, from open to closed. */
public enum License {
  PUBLIC,
  /** Public, and whoever uses it contacts the author. */
  PUBLIC_ATTRIBUTION,
  /** For the owner, linked organizations and administrators of the population. */
  PRIVATE_ORGANIZATION
}
