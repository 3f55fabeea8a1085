package io.dorsal.discovery.metadata;

/** What was odd about a file that was read all the same. The constant's name is the code shown. */
public enum Note {
  /** The name says one format, the first bytes another; the bytes were believed. */
  EXTENSION_MISMATCH,
  /** More ranges or bytes than one file may cost; some metadata may be missing. */
  METADATA_TRUNCATED,
  /** The file is cut or its structure broken; what could be read is kept. */
  CORRUPT,
  /** More than 65,500 pixels a side or more than 1 gigapixel. */
  DIMENSIONS_IMPLAUSIBLE,
  /** A compressed text or colour profile inflates to more than 4 MiB; it was left out. */
  INFLATE_LIMIT,
  /** An XMP packet declares a document type or is larger than 4 MiB; it was not parsed. */
  XMP_REFUSED,
  /** A date before 1900 or more than 26 hours ahead was dropped. */
  DATE_IMPLAUSIBLE,
  /** The date is one that cameras show after a reset; it was kept. */
  CLOCK_SUSPECT,
  /** The position 0, 0 was dropped. */
  GPS_NULL,
  /** A position outside the globe, or no number at all, was dropped. */
  GPS_INVALID
}
