package io.dorsal.mail;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a mail says and to whom, as it is read at the moment of sending. Immutable.
 *
 * @param id of the mail
 * @param title one line
 * @param body what to do
 * @param resourceType what the notice is about, with its id
 * @param tenant as people know it
 */
record Letter(
    UUID id,
    String address,
    String title,
    String body,
    String resourceType,
    UUID resourceId,
    String tenant) {

  /** Names that people chose are in here; no line break of theirs may end a header. */
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\x{85}\\p{Zl}\\p{Zp}]+");

  Letter {
    title = oneLine(title);
    body = oneLine(body);
    tenant = oneLine(tenant);
  }

  private static String oneLine(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /** Without an address: it stands in no log. */
  @Override
  public String toString() {
    return "Letter[" + id + "]";
  }

  String text() {
    return """
    %s.

    %s

    Tenant: %s
    %s: %s

    This stands among your notices in Dorsal, too. Nobody reads what is sent back to this address.
    """
        .formatted(title, body, tenant, named(resourceType), resourceId);
  }

  /** {@code api_key} as "Api key". */
  private static String named(String type) {
    String words = type.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
