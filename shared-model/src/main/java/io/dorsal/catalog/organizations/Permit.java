package io.dorsal.catalog.organizations;

import java.time.LocalDate;

/**
 * A permit to approach animals, as an authority gave it. Immutable.
 *
 * @param validFrom the first day
 * @param validTo the last day
 */
public record Permit(String number, String issuer, LocalDate validFrom, LocalDate validTo) {

  /** Whether it is valid on this day; the first and the last day belong to it. */
  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(validFrom) && !day.isAfter(validTo);
  }
}
