package io.dorsal.catalog;

/** How exactly an export tells where an animal was seen. */
public enum LocationPrecision {
  EXACT,
  KM_1,
  KM_10,
  KM_100,
  WITHHELD
}
