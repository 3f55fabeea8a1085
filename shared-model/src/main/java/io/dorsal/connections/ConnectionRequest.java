package io.dorsal.connections;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person sends to make a connection; {@code secret} is write-only. */
public record ConnectionRequest(
    @Nullable String name,
    @Nullable String kind,
    @Nullable String accountName,
    @Nullable String blobEndpoint,
    @Nullable String authType,
    @Nullable String secret,
    @Nullable List<String> containers) {

  @Override
  public String toString() {
    return "ConnectionRequest[name=" + name + ", secret=***]";
  }
}
