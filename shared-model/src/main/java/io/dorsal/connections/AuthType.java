package io.dorsal.connections;

/** How Dorsal proves itself to the storage account. */
public enum AuthType {
  SAS_TOKEN,
  CONNECTION_STRING,
  MANAGED_IDENTITY
}
