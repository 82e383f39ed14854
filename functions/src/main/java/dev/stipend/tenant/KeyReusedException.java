package dev.stipend.tenant;

/// An idempotency key came again with another request.
public final class KeyReusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyReusedException(String key) {
    super("The idempotency key " + key + " was used for another request; take a new one.");
  }
}
