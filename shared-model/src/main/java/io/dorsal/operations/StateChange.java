package io.dorsal.operations;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thing went from one state to another.
 *
 * @param event what happened, such as {@code scan.finished}
 * @param subjectType what kind of thing, such as {@code scan}
 * @param from null where the thing was made
 * @param actor the subject of the person who did it, or {@link #SYSTEM}
 * @param details what a reader of the event wants to know besides, as JSON; never a secret
 */
public record StateChange(
    String event,
    UUID tenantId,
    String subjectType,
    UUID subjectId,
    @Nullable String from,
    String to,
    String actor,
    Map<String, ?> details) {

  /** The actor where no person acted. */
  public static final String SYSTEM = "SYSTEM";
}
