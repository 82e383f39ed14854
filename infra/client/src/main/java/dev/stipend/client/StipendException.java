package dev.stipend.client;

/// The API answered with a problem, or not at all.
public class StipendException extends RuntimeException {
  private final int status;

  /// @param status of the answer; 0 where there was none
  StipendException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// There was no answer.
  StipendException(String message, Exception cause) {
    super(message, cause);
    status = 0;
  }

  /// The status of the answer; 0 where there was none.
  public int status() {
    return status;
  }
}
