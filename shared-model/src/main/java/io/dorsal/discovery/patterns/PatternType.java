package io.dorsal.discovery.patterns;

/** What a part of a name stands for. */
public enum PatternType {
  DATE,
  LOCATION,
  INDIVIDUAL,
  PHOTOGRAPHER,
  SEQUENCE
}
