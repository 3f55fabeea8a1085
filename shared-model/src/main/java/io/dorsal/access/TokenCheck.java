package io.dorsal.access;

/** What is looked at in a token, in this order; the first that fails is the reason told. */
public enum TokenCheck {
  /** Three parts, at most 16 KiB, JSON with distinct members, no extension unknown here. */
  FORM,
  /** The algorithm is one of those allowed. */
  ALGORITHM,
  /** The issuer is trusted. */
  ISSUER,
  /** The issuer has a key of this id, and it is for this algorithm. */
  KEY,
  /** The signature is by that key. */
  SIGNATURE,
  /** It has begun and not ended. */
  TIMES,
  /** It is meant for this API. */
  AUDIENCE,
  /** Subject and tenant are named, and the issuer may speak for the tenant. */
  CLAIMS
}
