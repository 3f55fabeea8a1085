package io.dorsal.local.api;

/** Nothing answered, or what answered is not the API. Asking again later may help. */
public final class ApiUnreachableException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public ApiUnreachableException(String message) {
    super(message);
  }

  ApiUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
