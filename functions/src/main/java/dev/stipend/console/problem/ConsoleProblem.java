package dev.stipend.console.problem;

import io.micronaut.http.HttpStatus;
import java.util.List;

/// Ends a request for a page with a sentence that says why.
public final class ConsoleProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What kind of problem it is. The words have a title for each, `problem.` and its key.
  public enum Kind {
    INVALID(HttpStatus.BAD_REQUEST, "invalid"),
    SIGNED_OUT(HttpStatus.UNAUTHORIZED, "signed-out"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "forbidden"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "not-found"),
    CONFLICT(HttpStatus.CONFLICT, "conflict");

    private final HttpStatus status;
    private final String key;

    Kind(HttpStatus status, String key) {
      this.status = status;
      this.key = key;
    }

    public HttpStatus status() {
      return status;
    }

    public String title() {
      return "problem." + key;
    }
  }

  private final Kind kind;
  private final String sentence;
  private final List<String> parts;

  /// @param sentence the key of what is said
  /// @param parts what belongs into it
  public ConsoleProblem(Kind kind, String sentence, String... parts) {
    super(sentence);
    this.kind = kind;
    this.sentence = sentence;
    this.parts = List.of(parts);
  }

  /// Nothing of this id is here, as far as somebody may see.
  public static ConsoleProblem notFound(String sentence) {
    return new ConsoleProblem(Kind.NOT_FOUND, sentence);
  }

  public Kind kind() {
    return kind;
  }

  public String sentence() {
    return sentence;
  }

  public Object[] parts() {
    return parts.toArray();
  }
}
