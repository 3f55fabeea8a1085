package io.dorsal.operations;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the work of this thread comes from: the call that a person or another system made.
 *
 * @param ip the caller's address
 * @param userAgent at most 256 characters
 * @param userId the user of the credential; null before it is known and for a service key
 * @param keyId the API key used; null for a token
 * @param serviceAccount who acts for the user by delegation
 */
public record Origin(
    @Nullable String ip,
    @Nullable String userAgent,
    @Nullable UUID userId,
    @Nullable String keyId,
    @Nullable String serviceAccount) {

  /** Work that no call began. */
  public static final Origin NONE = new Origin(null, null, null, null, null);

  private static final ThreadLocal<Origin> CURRENT = ThreadLocal.withInitial(() -> NONE);
  private static final int LONGEST_AGENT = 256;

  /** A call whose caller is not known yet. */
  public static Origin call(@Nullable String ip, @Nullable String userAgent) {
    String agent =
        userAgent == null || userAgent.length() <= LONGEST_AGENT
            ? userAgent
            : userAgent.substring(0, LONGEST_AGENT);
    return new Origin(ip, agent, null, null, null);
  }

  /** The same call with its caller. */
  public Origin by(@Nullable UUID user, @Nullable String key, @Nullable String service) {
    return new Origin(ip, userAgent, user, key, service);
  }

  public static Origin current() {
    return CURRENT.get();
  }

  /** Is the origin of all that this thread does until {@link #leave()}. */
  public void enter() {
    CURRENT.set(this);
  }

  /** Ends what {@link #enter()} began. */
  public static void leave() {
    CURRENT.remove();
  }
}
