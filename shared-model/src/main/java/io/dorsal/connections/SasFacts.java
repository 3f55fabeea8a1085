package io.dorsal.connections;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shared access signature says about itself, by Azure's names; nothing of it is secret.
 *
 * @param kind ACCOUNT, CONTAINER, DIRECTORY, BLOB or USER_DELEGATION
 */
public record SasFacts(
    String kind,
    @Nullable String sv,
    @Nullable String sp,
    @Nullable String srt,
    @Nullable String ss,
    @Nullable String sr,
    @Nullable String sip,
    @Nullable String st,
    @Nullable String se,
    @Nullable String spr,
    @Nullable String si) {

  /**
   * @param unsigned a token without its signature, as {@link SasToken#unsigned} gives it
   */
  public static SasFacts of(String unsigned) {
    Map<String, String> said = SasToken.parametersOf(unsigned);
    return new SasFacts(
        SasToken.kindOf(said),
        said.get("sv"),
        said.get("sp"),
        said.get("srt"),
        said.get("ss"),
        said.get("sr"),
        said.get("sip"),
        said.get("st"),
        said.get("se"),
        said.get("spr"),
        said.get("si"));
  }
}
