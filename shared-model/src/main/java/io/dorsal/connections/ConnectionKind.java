package io.dorsal.connections;

/**
 * Where an archive lies. Only {@code AZURE_BLOB} is made here; the others come from their rooms.
 */
public enum ConnectionKind {
  AZURE_BLOB,
  SMB,
  SHAREPOINT,
  DRIVE
}
