package io.dorsal.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance holds of an issuer's keys.
 *
 * @param ageSeconds null where no set was ever fetched
 * @param keyIds in alphabetical order
 * @param current whether the last fetch brought it; else the last good set serves
 */
public record KeySetState(
    String issuer, @Nullable Long ageSeconds, List<String> keyIds, boolean current) {}
