package io.dorsal.access;

import io.dorsal.problem.ProblemException;

/** A refusal of somebody whom the provider's signature names, so that it is known whose it is. */
public final class KeptOutException extends ProblemException {

  private final transient Identity identity;

  KeptOutException(Identity identity, ProblemException why) {
    super(why.problem(), why.detail(), why.details());
    initCause(why);
    this.identity = identity;
  }

  /** Whom the token names; nothing else in it has to be right. */
  public Identity identity() {
    return identity;
  }
}
