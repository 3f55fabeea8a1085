package io.dorsal.local.postgres;

import java.util.List;

/** What the three roles of the database sign in with. Secret; hexadecimal or plain letters. */
public record RolePasswords(String migrate, String app, String maint) {

  List<String> statements() {
    return List.of(
        "alter role dorsal_migrate password '" + migrate + "'",
        "alter role dorsal_app password '" + app + "'",
        "alter role dorsal_maint password '" + maint + "'");
  }

  @Override
  public String toString() {
    return "RolePasswords[***]";
  }
}
