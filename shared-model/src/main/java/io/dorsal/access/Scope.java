package io.dorsal.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a token or key may be used for; it narrows its holder's rights and never widens them. */
public enum Scope {
  FILES_READ("files:read"),
  FILES_WRITE("files:write"),
  CATALOG_READ("catalog:read"),
  CATALOG_WRITE("catalog:write"),
  ONBOARDING_READ("onboarding:read"),
  ONBOARDING_WRITE("onboarding:write"),
  EXPORTS_WRITE("exports:write"),
  DATASET_DOWNLOAD("dataset:download"),
  SEARCH_READ("search:read"),
  ADMIN_READ("admin:read"),
  ADMIN_WRITE("admin:write");

  /** The name that stands for every scope. */
  public static final String ALL = "*";

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** The name in tokens and keys, such as {@code files:read}. */
  public String text() {
    return text;
  }

  /** The scope of this name; empty where there is none, also for {@link #ALL}. */
  public static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }

  /** Every scope, what {@link #ALL} stands for. */
  public static Set<Scope> all() {
    return EnumSet.allOf(Scope.class);
  }
}
