package io.dorsal.local.host;

import java.util.Map;

/**
 * What the app's class loader offers to {@link SpringHooks}, which runs on the app's side; public
 * because that is another run-time package.
 */
public interface AppDoor {

  /** The app settings by name. */
  Map<String, String> settings();

  /** Registers what has to be closed once the last call is done. */
  void onClose(AutoCloseable resource);
}
