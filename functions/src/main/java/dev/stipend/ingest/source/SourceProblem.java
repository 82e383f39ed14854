package dev.stipend.ingest.source;

import dev.stipend.platform.host.HostException;

/// A relation cannot be read as a source says. The message says what to do.
public final class SourceProblem extends HostException {
  private static final long serialVersionUID = 1L;

  private final String field;

  SourceProblem(String field, String message) {
    super(message);
    this.field = field;
  }

  /// The setting that is wrong, as the API calls it.
  public String field() {
    return field;
  }
}
