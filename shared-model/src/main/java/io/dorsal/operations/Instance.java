package io.dorsal.operations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The name of this process among all of the deployment. */
public final class Instance {

  /** Ours, then what Azure Functions, Container Apps and containers call their replicas. */
  private static final List<String> NAMES =
      List.of(
          "DORSAL_INSTANCE_ID",
          "DORSAL_WORKER_ID",
          "WEBSITE_INSTANCE_ID",
          "CONTAINER_APP_REPLICA_NAME",
          "HOSTNAME");

  private static final String THIS = name(System.getenv());

  private Instance() {}

  /** At most 64 characters; stays the same as long as the process lives. */
  public static String id() {
    return THIS;
  }

  static String name(Map<String, String> environment) {
    String name =
        NAMES.stream()
            .map(environment::get)
            .filter(Objects::nonNull)
            .filter(value -> !value.isBlank())
            .findFirst()
            .orElseGet(Instance::host);
    return name.length() <= 64 ? name : name.substring(0, 64);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "process-" + ProcessHandle.current().pid();
    }
  }
}
