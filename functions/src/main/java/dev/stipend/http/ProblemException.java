package dev.stipend.http;

/// Ends a request with a problem.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final String detail;

  public ProblemException(ProblemKind kind, String detail) {
    super(detail);
    this.kind = kind;
    this.detail = detail;
  }

  /// Nothing of this kind has this id, as far as the caller may see.
  public static ProblemException missing(String what, String id) {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no " + what + " " + id);
  }

  ProblemKind kind() {
    return kind;
  }

  String detail() {
    return detail;
  }
}
