package dev.stipend.platform.sql;

/// Others were ahead each time that something was tried.
public final class ContentionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ContentionException(String message) {
    super(message);
  }
}
